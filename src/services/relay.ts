// One end of a relay: what it receives goes to its peer, what its peer receives is sent here. An echo is its own
// peer. Laws: no byte is kept that a receive did not take from the socket, no more than one chunk above the high
// water mark is kept, and an end of stream is passed on only after the last byte.
import { ChunkQueue } from '../core/chunk-queue.ts';
import type { CloseReason } from '../core/close-reason.ts';
import { Dispatcher } from '../core/dispatcher.ts';
import type { Reactor } from '../core/reactor.ts';
import { type Endpoint, isBytes, Readiness } from '../core/transport.ts';
import { ALL_PASSED_ON, type Outcome } from './connection-report.ts';
import type { ServiceSettings } from './settings.ts';

export abstract class Relay extends Dispatcher {
  peer: Relay = this;
  receivedBytes = 0;
  sentBytes = 0;
  /** When a byte last moved here. Kept up to date only if there is an idle time-out. */
  activeAtMs = 0;
  readonly settings: ServiceSettings;
  /** @internal Bytes taken from the peer that the transport has not accepted. Made when first needed. */
  unsent: ChunkQueue | null = null;
  /** @internal Whether the peer has ended, and that is to be passed on after what is unsent. */
  owesEnd = false;

  constructor(reactor: Reactor, settings: ServiceSettings, endpoint: Endpoint | null) {
    super(reactor, endpoint);
    this.settings = settings;
    this.wantsWrite = false;
  }

  /** Ends the whole connection, both sides of it, and says why. At most once. */
  abstract conclude(outcome: Outcome): void;

  /** Which side of the connection this is. */
  abstract readonly side: 'client' | 'remote';

  /** Bytes that wait to be sent here. */
  get unsentBytes(): number {
    return this.unsent === null ? 0 : this.unsent.byteLength;
  }

  override handleRead(): void {
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

  override handleWrite(): void {
    const { unsent, peer } = this;
    if (unsent !== null && unsent.byteLength > 0) this.flush(unsent);
    const unsentBytes = this.unsentBytes;
    if (unsentBytes === 0 && this.owesEnd) this.passEnd();
    else if (unsentBytes <= this.settings.lowWaterMarkBytes && !peer.wantsRead) peer.wantRead(true);
  }

  override handleEnd(): void {
    const { peer } = this;
    if (peer.unsentBytes > 0) peer.owesEnd = true;
    else peer.passEnd();
  }

  override handleClose(reason: CloseReason): void {
    if ('error' in reason) this.conclude({ cause: reason.kind, side: this.side, error: reason.error });
    else this.conclude(ALL_PASSED_ON);
  }

  /** What decides how it will behave, apart from what every channel tells of itself, as text, for merging equal states. */
  fingerprint(): string {
    // That it owes an end, the flags of both channels tell.
    const unsent = this.unsent?.stateText() ?? '';
    return this.settings.idleTimeoutMs > 0
      ? `${unsent} ${this.reactor.clock.now() - this.activeAtMs}`
      : unsent;
  }

  // ---- how bytes go through, a step a method ----

  /** @internal Hands what was received to the peer; reading rests if that has enough. */
  pass(received: Uint8Array): void {
    this.receivedBytes += received.length;
    if (this.settings.idleTimeoutMs > 0) this.activeAtMs = this.reactor.clock.now();
    if (!this.peer.take(received)) this.wantsRead = false;
  }

  /** @internal Whether a byte received now could be sent or kept. */
  hasRoom(): boolean {
    const { unsent } = this;
    if (unsent === null || unsent.byteLength === 0) {
      if ((this.ownEndpoint!.readiness & Readiness.WRITABLE) !== 0) return true;
      return this.settings.highWaterMarkBytes > 0;
    }
    return unsent.byteLength <= this.settings.highWaterMarkBytes;
  }

  /** @internal Sends `received`, and keeps the rest. Returns whether its receiver may go on. */
  take(received: Uint8Array): boolean {
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
  keep(rest: Uint8Array): boolean {
    this.unsent ??= new ChunkQueue();
    this.unsent.push(new Uint8Array(rest));
    return this.unsent.byteLength <= this.settings.highWaterMarkBytes;
  }

  /** @internal Sends of what was kept as much as goes. */
  flush(unsent: ChunkQueue): void {
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
  passEnd(): void {
    this.owesEnd = false;
    this.shutdownWrite();
    if (this.peer.hasShutdownWrite) this.conclude(ALL_PASSED_ON);
  }
}
