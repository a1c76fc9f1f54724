import { isUnixAddress } from '../core/address.js';
import { checkInteger } from '../core/arguments.js';
/** The limits of one process: first come, first served. */
export class LocalGate {
  constructor(limits) {
    this.served = new Set();
    this.held = new Set();
    this.perAddress = new Map();
    const { maxConnections, maxHeld, maxPerAddress } = limits;
    if (maxConnections !== undefined) checkInteger('maxConnections', maxConnections, 1);
    if (maxHeld !== undefined) checkInteger('maxHeld', maxHeld, 0);
    if (maxPerAddress !== undefined) checkInteger('maxPerAddress', maxPerAddress, 1);
    this.maxConnections = maxConnections ?? Number.POSITIVE_INFINITY;
    this.maxHeld = maxHeld ?? 0;
    this.maxPerAddress = maxPerAddress ?? Number.POSITIVE_INFINITY;
  }
  /** Candidates that are being served. */
  get servedCount() {
    return this.served.size;
  }
  /** Candidates that wait for a place. */
  get heldCount() {
    return this.held.size;
  }
  enter(candidate) {
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
  leave(candidate) {
    const wasHeld = this.held.delete(candidate);
    if (!wasHeld && !this.served.delete(candidate)) return;
    this.uncount(candidate);
    if (wasHeld) return;
    for (const next of this.held) {
      if (this.servedCount >= this.maxConnections) return;
      this.held.delete(next);
      if (next.isGone) {
        this.uncount(next);
        next.refuse('connections');
      } else {
        this.served.add(next);
        next.admit();
      }
    }
  }
  dropGone() {
    for (const candidate of this.held) {
      if (!candidate.isGone) continue;
      this.held.delete(candidate);
      this.uncount(candidate);
      candidate.refuse('connections');
    }
  }
  uncount(candidate) {
    const key = addressKey(candidate.address);
    const count = (this.perAddress.get(key) ?? 0) - 1;
    if (count > 0) this.perAddress.set(key, count);
    else this.perAddress.delete(key);
  }
}
/** Clients behind one Unix-domain path count as one address. */
function addressKey(address) {
  return isUnixAddress(address) ? address.path : address.host;
}
