// One end of a relay: what it receives goes to its peer, what its peer receives is sent here. An echo is its own
// peer. Laws: no byte is kept that a receive did not take from the socket, no more than one chunk above the high
// water mark is kept, and an end of stream is passed on only after the last byte.
import { ChunkQueue } from '../core/chunk-queue.js';
import { Dispatcher } from '../core/dispatcher.js';
import { isBytes, Readiness } from '../core/transport.js';
import { ALL_PASSED_ON } from './connection-report.js';
export class Relay extends Dispatcher {
  constructor(reactor, settings, endpoint) {
    super(reactor, endpoint);
    this.peer = this;
    this.receivedBytes = 0;
    this.sentBytes = 0;
    /** When a byte last moved here. Kept up to date only if there is an idle time-out. */
    this.activeAtMs = 0;
    /** @internal Bytes taken from the peer that the transport has not accepted. Made when first needed. */
    this.unsent = null;
    /** @internal Whether the peer has ended, and that is to be passed on after what is unsent. */
    this.owesEnd = false;
    this.settings = settings;
    this.wantsWrite = false;
  }
  /** Bytes that wait to be sent here. */
  get unsentBytes() {
    return this.unsent === null ? 0 : this.unsent.byteLength;
  }
  handleRead() {
    const { peer, settings } = this;
    if (!peer.hasRoom()) {
      // Not received at all: the bytes stay where they are, and need no copy.
      this.wantsRead = false;
      peer.wantWrite(true);
      return;
    }
    const received = this.recv(settings.chunkSizeBytes);
    if (!isBytes(received)) return;
    this.pass(received);
  }
  handleWrite() {
    const { unsent, peer } = this;
    if (unsent !== null && unsent.byteLength > 0) this.flush(unsent);
    const unsentBytes = this.unsentBytes;
    if (unsentBytes === 0 && this.owesEnd) this.passEnd();
    else if (unsentBytes <= this.settings.lowWaterMarkBytes && !peer.wantsRead) peer.wantRead(true);
  }
  handleEnd() {
    const { peer } = this;
    if (peer.unsentBytes > 0) peer.owesEnd = true;
    else peer.passEnd();
  }
  handleClose(reason) {
    if ('error' in reason) this.conclude({ cause: reason.kind, side: this.side, error: reason.error });
    else this.conclude(ALL_PASSED_ON);
  }
  /** What of this channel decides how it will behave, as text, for merging equal states. */
  fingerprint() {
    let flags = 0;
    if (this.wantsRead) flags |= 1;
    if (this.wantsWrite) flags |= 2;
    if (this.hasEndOfStream) flags |= 4;
    if (this.isEndDue) flags |= 8;
    if (this.hasShutdownWrite) flags |= 16;
    if (this.owesEnd) flags |= 32;
    const unsent = this.unsent === null ? '' : String(this.unsent.peek(Number.MAX_SAFE_INTEGER));
    return `${this.side} ${this.channelState} ${flags} ${this.unsentBytes} ${unsent}`;
  }
  // ---- how bytes go through, a step a method ----
  /** @internal Hands what was received to the peer; reading rests if that has enough. */
  pass(received) {
    this.receivedBytes += received.length;
    if (this.settings.idleTimeoutMs > 0) this.activeAtMs = this.reactor.clock.now();
    if (!this.peer.take(received)) this.wantsRead = false;
  }
  /** @internal Whether a byte received now could be sent or kept. */
  hasRoom() {
    const { unsent } = this;
    if (unsent === null || unsent.byteLength === 0) {
      if ((this.ownEndpoint.readiness & Readiness.WRITABLE) !== 0) return true;
      return this.settings.highWaterMarkBytes > 0;
    }
    return unsent.byteLength <= this.settings.highWaterMarkBytes;
  }
  /** @internal Sends `received`, and keeps the rest. Returns whether its receiver may go on. */
  take(received) {
    let rest = received;
    if (this.unsentBytes === 0) {
      const accepted = this.send(received);
      this.sentBytes += accepted;
      if (accepted === received.length) return true;
      rest = received.subarray(accepted);
    }
    return this.keep(rest);
  }
  /** @internal Keeps a copy of what could not be sent. Returns whether there is room for more. */
  keep(rest) {
    this.unsent ??= new ChunkQueue();
    this.unsent.push(new Uint8Array(rest));
    return this.unsent.byteLength <= this.settings.highWaterMarkBytes;
  }
  /** @internal Sends of what was kept as much as goes. */
  flush(unsent) {
    while (unsent.byteLength > 0) {
      const chunk = unsent.peek(this.settings.chunkSizeBytes);
      const accepted = this.send(chunk);
      unsent.drop(accepted);
      this.sentBytes += accepted;
      if (accepted > 0 && this.settings.idleTimeoutMs > 0) this.activeAtMs = this.reactor.clock.now();
      if (accepted < chunk.length) return;
    }
  }
  /** @internal The peer has ended, and all it sent has gone out. */
  passEnd() {
    this.owesEnd = false;
    this.shutdownWrite();
    if (this.peer.hasShutdownWrite) this.conclude(ALL_PASSED_ON);
  }
}
