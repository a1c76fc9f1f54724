// A slow reader by plan: what its program receives is rationed, whatever it asks for. What it does not receive stays in the
// kernel's buffer, and in the end stops the sender.
import { checkInteger } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
/** The limit as it is kept; null is none. `place` is named in the trace. Throws ArgumentError. */
export function planReading(network, place, limit) {
  const kept = limit === null ? null : checkReadLimit(limit);
  network.notePlan();
  network.record(place, 'limit reading', describe(kept));
  return kept;
}
/** What rations this endpoint from now on, if anything. Throws ArgumentError. */
export function planPace(endpoint, network, limit) {
  const kept = planReading(network, `${endpoint}`, limit);
  return kept === null ? null : new ReadPace(endpoint, network, kept);
}
/** The ration of one endpoint. */
export class ReadPace {
  constructor(endpoint, network, { bytes, everyMs }) {
    this.refillAtMs = 0;
    this.timer = null;
    this.endpoint = endpoint;
    this.network = network;
    this.bytes = bytes;
    this.everyMs = everyMs ?? 0;
    this.left = bytes;
  }
  /** Whether nothing is received, not even the end of stream. */
  get isStopped() {
    return this.bytes === 0;
  }
  /** Whether a program with so many bytes to receive, or with the end of stream if none, is not to be told of them. */
  holdsBack(unread) {
    return unread > 0 ? this.allow() === 0 : this.isStopped;
  }
  /** Bytes that may be received now. If none may, the endpoint offers them when that changes. */
  allow() {
    const { network } = this;
    if (network.schedule.nowMs >= this.refillAtMs) this.left = this.bytes;
    if (this.left === 0 && this.bytes > 0) this.wait();
    return this.left;
  }
  /** So many bytes were received, no more than allowed. Whether `unread`, those that are left, are held back. */
  take(sizeBytes, unread) {
    const { nowMs } = this.network.schedule;
    if (nowMs >= this.refillAtMs) this.refillAtMs = nowMs + this.everyMs;
    this.left -= sizeBytes;
    return unread > 0 && this.allow() === 0;
  }
  stop() {
    this.timer?.cancel();
    this.timer = null;
  }
  /** @internal Its state as text, for merging equal states. Whether it waits follows from what is unread. */
  stateText() {
    const refillMs = this.refillAtMs - this.network.schedule.nowMs;
    return `,${this.bytes}/${this.everyMs}:${refillMs <= 0 ? '' : `${this.left}@${refillMs}`}`;
  }
  wait() {
    this.timer ??= this.network.setTimer(this.refillAtMs - this.network.schedule.nowMs, () => {
      this.timer = null;
      // In the same instant all of it may have been received.
      if (this.endpoint.in.unread > 0) this.endpoint.offer();
    });
  }
}
function checkReadLimit(limit) {
  if (typeof limit !== 'object')
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `a limit of reading must be { bytes, everyMs }, or null for none, got ${String(limit)}`,
    );
  const bytes = checkInteger('bytes', limit.bytes, 0);
  return { bytes, everyMs: bytes === 0 ? 0 : checkInteger('everyMs', limit.everyMs, 1) };
}
function describe(limit) {
  if (limit === null) return 'none';
  return limit.bytes === 0 ? 'nothing' : `${limit.bytes} bytes every ${limit.everyMs} ms`;
}
