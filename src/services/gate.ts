import { type Address, formatAddress, isUnixAddress } from '../core/address.ts';
import { checkInteger } from '../core/arguments.ts';
import type { Refusal } from './connection-report.ts';

/** An accepted connection that asks to be served. */
export interface Candidate {
  readonly address: Address;
  /** Whether the connection has broken while it waited. */
  readonly isGone: boolean;
  /** It is served from now on. */
  admit(): void;
  /** It is reset; `limit` is null if it is gone anyway. */
  refuse(limit: Refusal['limit']): void;
}

/** Decides which connections are served, which wait and which are reset. */
export interface Gate {
  /** Asks for `candidate`, which is told by `admit` or `refuse`, at once or later. */
  enter(candidate: Candidate): void;
  /** The candidate's connection is over, or its server no longer waits for an answer. Idempotent. */
  leave(candidate: Candidate): void;
  /** What decides whom it will let in, apart from who is served, as text, for merging equal states. */
  fingerprint?(): string;
}

export interface GateLimits {
  readonly maxConnections?: number;
  readonly maxHeld?: number;
  readonly maxPerAddress?: number;
}

/** The limits of one process: first come, first served. */
export class LocalGate implements Gate {
  private readonly maxConnections: number;
  private readonly maxHeld: number;
  private readonly maxPerAddress: number;
  private readonly served = new Set<Candidate>();
  private readonly held = new Set<Candidate>();
  private readonly perAddress = new Map<string, number>();

  constructor(limits: GateLimits) {
    const { maxConnections, maxHeld, maxPerAddress } = limits;
    if (maxConnections !== undefined) checkInteger('maxConnections', maxConnections, 1);
    if (maxHeld !== undefined) checkInteger('maxHeld', maxHeld, 0);
    if (maxPerAddress !== undefined) checkInteger('maxPerAddress', maxPerAddress, 1);
    this.maxConnections = maxConnections ?? Number.POSITIVE_INFINITY;
    this.maxHeld = maxHeld ?? 0;
    this.maxPerAddress = maxPerAddress ?? Number.POSITIVE_INFINITY;
  }

  /** Candidates that are being served. */
  get servedCount(): number {
    return this.served.size;
  }

  /** Candidates that wait for a place. */
  get heldCount(): number {
    return this.held.size;
  }

  fingerprint(): string {
    return [...this.held].map(({ address }) => formatAddress(address)).join();
  }

  enter(candidate: Candidate): void {
    const key = addressKey(candidate.address);
    const count = this.perAddress.get(key) ?? 0;
    if (count >= this.maxPerAddress) candidate.refuse('address');
    else if (this.servedCount < this.maxConnections) {
      this.perAddress.set(key, count + 1);
      this.served.add(candidate);
      candidate.admit();
    } else {
      if (this.held.size >= this.maxHeld) this.dropGone();
      if (this.held.size >= this.maxHeld) {
        candidate.refuse('connections');
        return;
      }
      this.perAddress.set(key, count + 1);
      this.held.add(candidate);
    }
  }

  leave(candidate: Candidate): void {
    const wasHeld = this.held.delete(candidate);
    if (!wasHeld && !this.served.delete(candidate)) return;
    this.uncount(candidate);
    if (wasHeld) return;
    for (const next of this.held) {
      if (this.servedCount >= this.maxConnections) return;
      this.held.delete(next);
      if (next.isGone) {
        this.uncount(next);
        next.refuse(null);
      } else {
        this.served.add(next);
        next.admit();
      }
    }
  }

  private dropGone(): void {
    for (const candidate of this.held) {
      if (!candidate.isGone) continue;
      this.held.delete(candidate);
      this.uncount(candidate);
      candidate.refuse(null);
    }
  }

  private uncount(candidate: Candidate): void {
    const key = addressKey(candidate.address);
    const count = (this.perAddress.get(key) ?? 0) - 1;
    if (count > 0) this.perAddress.set(key, count);
    else this.perAddress.delete(key);
  }
}

/** Clients behind one Unix-domain path count as one address. */
function addressKey(address: Address): string {
  return isUnixAddress(address) ? address.path : address.host;
}
