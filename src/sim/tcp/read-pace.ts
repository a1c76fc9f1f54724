// A slow reader by plan: what its program receives is rationed, whatever it asks for. What it does not receive stays in the
// kernel's buffer, and in the end stops the sender.
import { checkInteger } from '../../core/arguments.ts';
import type { Timer } from '../../core/clock.ts';
import { ArgumentError } from '../../core/errors.ts';
import type { Network } from '../network.ts';
import type { SimEndpoint } from './endpoint.ts';

/** How much a program receives at most in a time. */
export interface ReadLimit {
  /** 0 or more. With 0 it receives nothing, not even the end of stream, until the limit is taken away. */
  readonly bytes: number;
  /**
   * Whole milliseconds, 1 or more, from the first byte received to when so many more may be. What is not used by then is gone.
   * Needed unless `bytes` is 0.
   */
  readonly everyMs?: number;
}

/** The limit as it is kept; null is none. `place` is named in the trace. Throws ArgumentError. */
export function planReading(network: Network, place: string, limit: ReadLimit | null): ReadLimit | null {
  const kept = limit === null ? null : checkReadLimit(limit);
  network.notePlan();
  network.record(place, 'limit reading', describe(kept));
  return kept;
}

/** What rations this endpoint from now on, if anything. Throws ArgumentError. */
export function planPace(endpoint: SimEndpoint, network: Network, limit: ReadLimit | null): ReadPace | null {
  const kept = planReading(network, `${endpoint}`, limit);
  return kept === null ? null : new ReadPace(endpoint, network, kept);
}

/** The ration of one endpoint. */
export class ReadPace {
  private readonly endpoint: SimEndpoint;
  private readonly network: Network;
  private readonly bytes: number;
  private readonly everyMs: number;
  private left: number;
  private refillAtMs = 0;
  private timer: Timer | null = null;

  constructor(endpoint: SimEndpoint, network: Network, { bytes, everyMs }: ReadLimit) {
    this.endpoint = endpoint;
    this.network = network;
    this.bytes = bytes;
    this.everyMs = everyMs ?? 0;
    this.left = bytes;
  }

  /** Whether nothing is received, not even the end of stream. */
  get isStopped(): boolean {
    return this.bytes === 0;
  }

  /** Whether a program with so many bytes to receive, or with the end of stream if none, is not to be told of them. */
  holdsBack(unread: number): boolean {
    return unread > 0 ? this.allow() === 0 : this.isStopped;
  }

  /** Bytes that may be received now. If none may, the endpoint offers them when that changes. */
  allow(): number {
    const { network } = this;
    if (network.schedule.nowMs >= this.refillAtMs) this.left = this.bytes;
    if (this.left === 0 && this.bytes > 0) this.wait();
    return this.left;
  }

  /** So many bytes were received, no more than allowed. Whether `unread`, those that are left, are held back. */
  take(sizeBytes: number, unread: number): boolean {
    const { nowMs } = this.network.schedule;
    if (nowMs >= this.refillAtMs) this.refillAtMs = nowMs + this.everyMs;
    this.left -= sizeBytes;
    return unread > 0 && this.allow() === 0;
  }

  stop(): void {
    this.timer?.cancel();
    this.timer = null;
  }

  /** @internal Its state as text, for merging equal states. Whether it waits follows from what is unread. */
  stateText(): string {
    const refillMs = this.refillAtMs - this.network.schedule.nowMs;
    return `,${this.bytes}/${this.everyMs}:${refillMs <= 0 ? '' : `${this.left}@${refillMs}`}`;
  }

  private wait(): void {
    this.timer ??= this.network.setTimer(this.refillAtMs - this.network.schedule.nowMs, () => {
      this.timer = null;
      // In the same instant all of it may have been received.
      if (this.endpoint.in.unread > 0) this.endpoint.offer();
    });
  }
}

function checkReadLimit(limit: ReadLimit): ReadLimit {
  if (typeof limit !== 'object')
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `a limit of reading must be { bytes, everyMs }, or null for none, got ${String(limit)}`,
    );
  const bytes = checkInteger('bytes', limit.bytes, 0);
  return { bytes, everyMs: bytes === 0 ? 0 : checkInteger('everyMs', limit.everyMs, 1) };
}

function describe(limit: ReadLimit | null): string {
  if (limit === null) return 'none';
  return limit.bytes === 0 ? 'nothing' : `${limit.bytes} bytes every ${limit.everyMs} ms`;
}
