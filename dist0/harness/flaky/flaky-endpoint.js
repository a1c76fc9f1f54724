// An endpoint between a program and a real one: it takes less, gives less, waits, and breaks, as decided.
import {
  END_OF_STREAM,
  isBytes,
  isUnixAddress,
  Readiness,
  TransportError,
  WOULD_BLOCK,
} from '../../core/index.js';
import { CLOSE, COALESCE, RESET, SHORT_READ, SHORT_SEND, SPLIT, STALL } from '../../sim/decisions/label.js';

const { READABLE, WRITABLE, FAILED, OPEN, BROKEN } = Readiness;
/** How long the second part of a split waits, and how long one waits for more to come: enough for a segment of its own. */
const APART_MS = 5;
/** How long a direction stands still: the wall's time, so less than in the simulation. */
const STALL_MS = [0, 100, 1_000, 5_000];
/** One direction's state. */
class Way {
  constructor() {
    /** Whether what comes next has been decided on: a stall is not drawn again when it is over. */
    this.isDecided = false;
    this.pause = null;
  }
}
export class FlakyEndpoint {
  constructor(inner, chance, clock) {
    this.watcher = null;
    this.in = new Way();
    this.out = new Way();
    /** Received, and to be handed over later: a copy. */
    this.rest = NO_BYTES;
    this.state = 'whole';
    this.hasToldEnd = false;
    this.failure = null;
    this.addresses = null;
    this.inner = inner;
    this.chance = chance;
    this.clock = clock;
    inner.watcher = this;
  }
  get readiness() {
    if (this.state === 'whole') return this.wholeReadiness();
    if (this.state === 'cut') return OPEN | WRITABLE | (this.hasToldEnd ? 0 : READABLE);
    return this.failure === null ? 0 : OPEN | FAILED;
  }
  get localAddress() {
    return this.addresses === null ? this.inner.localAddress : this.addresses[0];
  }
  get remoteAddress() {
    return this.addresses === null ? this.inner.remoteAddress : this.addresses[1];
  }
  onReadiness() {
    this.watcher?.onReadiness();
  }
  recv(sizeBytes) {
    if (this.state === 'cut') {
      this.hasToldEnd = true;
      return END_OF_STREAM;
    }
    if (this.state !== 'whole' || this.in.pause !== null) return WOULD_BLOCK;
    if (sizeBytes === 0) return this.inner.recv(0);
    if (this.rest.length > 0) return this.takeRest(sizeBytes);
    if ((this.inner.readiness & READABLE) !== 0 && !this.passes('in'))
      // Passing may have cut the connection, and the end of stream is to be had at once.
      return this.readiness & READABLE ? this.recv(sizeBytes) : WOULD_BLOCK;
    const received = this.inner.recv(sizeBytes);
    if (!isBytes(received)) return received;
    this.in.isDecided = false;
    return this.shorten(received);
  }
  send(data) {
    if (this.state === 'cut') return this.sendToNobody(data);
    if (this.state !== 'whole' || this.out.pause !== null) return 0;
    if (data.length === 0 || (this.inner.readiness & WRITABLE) === 0) return this.inner.send(data);
    if (!this.passes('out')) return 0;
    this.out.isDecided = false;
    const later = this.chance.draw(
      SPLIT,
      data.length,
      'out',
      (choice) => `${data.length} bytes are split: ${data.length - choice} leave, ${choice} later`,
    );
    if (later > 0) {
      this.pause(this.out, APART_MS);
      return this.inner.send(data.subarray(0, data.length - later));
    }
    const refused = this.chance.draw(
      SHORT_SEND,
      data.length,
      'out',
      (choice) => `send accepts ${data.length - choice} of ${data.length} bytes`,
    );
    return this.inner.send(refused === 0 ? data : data.subarray(0, data.length - refused));
  }
  takeUrgent() {
    return this.inner.takeUrgent?.() ?? null;
  }
  sendUrgent(byte) {
    if (this.state === 'whole') this.inner.sendUrgent?.(byte);
  }
  setNoDelay(isOn) {
    this.inner.setNoDelay?.(isOn);
  }
  shutdownWrite() {
    if (this.state === 'whole') this.inner.shutdownWrite();
  }
  takeError() {
    if (this.state === 'whole') return this.inner.takeError();
    const { failure } = this;
    this.failure = null;
    return failure;
  }
  abort() {
    this.end(() => this.inner.abort());
  }
  close() {
    // Bytes left unread make it a reset, whether they wait in the kernel or here.
    this.end(() => (this.rest.length > 0 ? this.inner.abort() : this.inner.close()));
  }
  wholeReadiness() {
    let bits = this.inner.readiness;
    if (this.rest.length > 0) {
      bits |= READABLE;
      if ((bits & FAILED) !== 0) bits = (bits & ~FAILED) | BROKEN;
    }
    if (this.in.pause !== null) bits &= ~(READABLE | FAILED | BROKEN);
    if (this.out.pause !== null) bits &= ~WRITABLE;
    return bits;
  }
  takeRest(sizeBytes) {
    const part = this.rest.subarray(0, sizeBytes);
    this.rest = this.rest.subarray(part.length);
    return part;
  }
  /** Hands over the beginning of what was received, and keeps a copy of the rest. */
  shorten(received) {
    const size = received.length;
    const later = this.chance.draw(
      SPLIT,
      size,
      'in',
      (choice) => `${size} bytes are split: ${size - choice} arrive, ${choice} later`,
    );
    if (later > 0) this.pause(this.in, APART_MS);
    const kept =
      later > 0
        ? later
        : this.chance.draw(
            SHORT_READ,
            size,
            'in',
            (choice) => `recv gives ${size - choice} of ${size} bytes`,
          );
    if (kept === 0) return received;
    this.rest = received.slice(size - kept);
    return received.subarray(0, size - kept);
  }
  /** Decides what befalls the next bytes one way; false if they have to wait, or nothing passes any more. */
  passes(direction) {
    const way = this[direction];
    if (way.isDecided) return true;
    const { chance } = this;
    if (chance.draw(RESET, 2, direction, () => 'both ends get a reset') !== 0) {
      this.breakOff('ECONNRESET', () => this.inner.abort());
      return false;
    }
    if (chance.draw(CLOSE, 2, direction, () => 'both ends see the other close') !== 0) {
      this.cut();
      return false;
    }
    way.isDecided = true;
    const stall = chance.draw(
      STALL,
      STALL_MS.length,
      direction,
      (choice) => `stands still for ${STALL_MS[choice]} ms`,
    );
    if (stall !== 0) {
      this.pause(way, STALL_MS[stall]);
      return false;
    }
    if (
      direction === 'out' ||
      chance.draw(COALESCE, 2, 'in', () => 'what arrived is looked at together with what follows') === 0
    )
      return true;
    this.pause(way, APART_MS);
    return false;
  }
  pause(way, forMs) {
    way.pause = this.clock.setTimer(forMs, () => {
      way.pause = null;
      this.watcher?.onReadiness();
    });
  }
  /** The peer gets the end of stream, and so does the program. */
  cut() {
    this.leave(() => this.inner.close());
    this.state = 'cut';
    this.watcher?.onReadiness();
  }
  breakOff(code, release) {
    this.leave(release);
    this.state = 'broken';
    const remote = this.remoteAddress;
    const target =
      remote === null || isUnixAddress(remote)
        ? { path: remote?.path }
        : { address: remote.host, port: remote.port };
    this.failure = new TransportError(code, { syscall: code === 'EPIPE' ? 'write' : 'read', ...target });
    this.watcher?.onReadiness();
  }
  /** The first send to a peer that is gone is accepted, and answered with a reset. */
  sendToNobody(data) {
    if (data.length > 0) this.breakOff('EPIPE', () => {});
    return data.length;
  }
  end(release) {
    if (this.state === 'closed') return;
    if (this.state === 'whole') this.leave(release);
    this.state = 'closed';
    this.watcher = null;
  }
  leave(release) {
    this.addresses ??= [this.inner.localAddress, this.inner.remoteAddress];
    for (const way of [this.in, this.out]) {
      way.pause?.cancel();
      way.pause = null;
    }
    this.inner.watcher = null;
    release();
    this.rest = NO_BYTES;
  }
}
const NO_BYTES = new Uint8Array(0);
