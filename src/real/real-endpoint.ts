// One connection over a net.Socket, with the meaning of transport.ts: bytes before the error, sends cut short at a
// budget, close as close(2) does it.
import { isIP, Socket } from 'node:net';
import { type Address, isUnixAddress } from '../core/address.ts';
import type { TransportError } from '../core/errors.ts';
import {
  END_OF_STREAM,
  type Endpoint,
  Readiness,
  type Received,
  type Watcher,
  WOULD_BLOCK,
} from '../core/transport.ts';
import { Inbox } from './inbox.ts';
import type { Outlet, OutletOwner } from './outlet.ts';
import type { RealContext } from './real-context.ts';
import { RealSocket, type SocketSink } from './real-socket.ts';
import type { LargeBuffer } from './receive-buffers.ts';
import type { StreamSocket } from './stream-socket.ts';
import { runSoon } from './system-clock.ts';
import { toTransportError } from './transport-error.ts';

const { READABLE, WRITABLE, FAILED, OPEN, BROKEN } = Readiness;

/**
 * Bytes accepted by `send` that the kernel has not taken yet, at most. As large as one receive buffer, so that a
 * forwarder hands on in one piece what it received in one piece.
 */
export const SEND_BUDGET_BYTES = 256 * 1024;

/**
 * From so many bytes on nothing more is accepted until they are fewer: a large piece is then accepted whole, once the
 * one before is nearly gone, and not in two parts of which one would have to be kept.
 */
const FULL_BYTES = 32 * 1024;

const NOTHING = new Uint8Array(0);

export class RealEndpoint implements Endpoint, SocketSink, OutletOwner {
  watcher: Watcher | null = null;
  readonly inbox: Inbox;
  private readonly context: RealContext;
  private readonly target: Address;
  private readonly socket: StreamSocket;
  private bits = 0;
  private isOpen = false;
  private isStopped = false;
  private hasEnded = false;
  private hasShutdown = false;
  private isClosed = false;
  /** The end of stream has come, and may be a reset: see `onEndOfStream`. */
  private isProbing = false;
  private error: TransportError | null = null;
  /** What writes may still be using: given back once everything is written. */
  private pinned: LargeBuffer[] | null = null;
  private outlet: Outlet | null = null;

  /** `attach` makes the socket, or takes it over; it may start to read at once. */
  constructor(context: RealContext, target: Address, attach: (sink: RealEndpoint) => StreamSocket) {
    this.context = context;
    this.target = target;
    this.inbox = new Inbox(context.buffers);
    this.socket = attach(this);
    if (!this.socket.connecting && !this.socket.pending) this.markOpen();
  }

  get readiness(): number {
    return this.bits;
  }

  /** Asked of the kernel when it is read: not every program wants it, and it is a system call. */
  get localAddress(): Address | null {
    const { localAddress, localPort } = this.socket;
    if (!this.isOpen || localAddress === undefined || localPort === undefined) return null;
    return { host: localAddress, port: localPort };
  }

  get remoteAddress(): Address | null {
    if (!this.isOpen) return null;
    const { target } = this;
    if (isUnixAddress(target) || isIP(target.host) !== 0) return target;
    const { remoteAddress, remotePort } = this.socket;
    return { host: remoteAddress ?? target.host, port: remotePort ?? target.port };
  }

  recv(sizeBytes: number): Received {
    const { inbox } = this;
    if (inbox.byteLength === 0) return this.hasEnded ? this.endOfStream() : WOULD_BLOCK;
    if (sizeBytes === 0) return new Uint8Array(0);
    const bytes = inbox.take(sizeBytes);
    if (inbox.byteLength === 0) this.onDrained();
    return this.context.views === null ? bytes : this.context.views.lend(bytes);
  }

  send(data: Uint8Array): number {
    if ((this.bits & WRITABLE) === 0 || data.length === 0) return 0;
    const outlet = this.outlet ?? this.openOutlet();
    const { buffers } = this.context;
    const room = SEND_BUDGET_BYTES - outlet.queuedBytes;
    const part = data.length <= room ? data : data.subarray(0, room);
    // Received bytes go on without a copy; the buffer that they are in is spared until they are written.
    const isLent = data.buffer === buffers.lent;
    outlet.write(part, isLent);
    const queued = outlet.queuedBytes;
    if (queued > 0) {
      if (isLent && buffers.lentFrom !== null) this.pin(buffers.lentFrom);
      if (queued >= FULL_BYTES) this.bits &= ~WRITABLE;
    }
    return part.length;
  }

  shutdownWrite(): void {
    if (this.hasShutdown || this.isClosed) return;
    this.hasShutdown = true;
    this.bits &= ~WRITABLE;
    // Not before everything is written: a socket whose shutdown is under way cannot be reset.
    if (this.queuedBytes === 0) this.socket.end();
  }

  setNoDelay(isOn: boolean): void {
    if (this.isClosed) return;
    // Node leaves out what changes nothing as far as it knows, and it does not know what a socket has of its listener.
    this.socket.setNoDelay(!isOn);
    this.socket.setNoDelay(isOn);
  }

  takeError(): TransportError | null {
    if ((this.bits & (FAILED | BROKEN)) === 0) return null;
    const { error } = this;
    this.error = null;
    this.bits &= ~(FAILED | BROKEN);
    return error;
  }

  abort(): void {
    if (this.isClosed) return;
    this.release();
    const { socket } = this;
    if (isUnixAddress(this.target)) socket.destroy();
    else if (socket.writableEnded && !socket.writableFinished) {
      socket.pause();
      socket.once('finish', () => socket.resetAndDestroy());
    } else socket.resetAndDestroy();
  }

  close(): void {
    if (this.isClosed) return;
    if (this.inbox.byteLength > 0) {
      this.abort();
      return;
    }
    this.release();
    if (this.queuedBytes === 0) this.socket.destroy();
    else {
      this.socket.pause();
      this.context.linger(this.socket);
    }
  }

  // ---- what the socket tells ----

  onOpen(): void {
    this.event(() => this.markOpen());
  }

  onBytes(sizeBytes: number): boolean {
    if (this.isClosed) return false;
    const { inbox, context } = this;
    if (sizeBytes > 0) inbox.filled(sizeBytes);
    context.driver.enter();
    this.gain(this.error === null ? READABLE : READABLE | BROKEN);
    context.driver.leave();
    if (inbox.byteLength === 0) return !this.isClosed && !this.restsAfter(sizeBytes);
    inbox.settle();
    // Of a Unix-domain socket each read that may be the last is stopped: see restsAfter.
    if (sizeBytes > 0 && inbox.takesMore && !isUnixAddress(this.target)) return true;
    this.isStopped = true;
    return false;
  }

  /**
   * libuv reports a reset as the end of stream if it finds it right after a read that did not fill the buffer
   * (docs/discoveries/reset-read-as-end.md). A write of nothing tells which it was.
   */
  onEndOfStream(): void {
    if (this.isClosed) return;
    const { socket } = this;
    if (this.error !== null) this.settleEnd(this.error.code === 'EPIPE');
    else if (this.isDoubtful(socket)) {
      this.isProbing = true;
      socket.write(NOTHING, (error) => {
        if (error === null || error === undefined) this.settleEnd(true);
      });
    } else this.settleEnd(true);
  }

  onError(error: NodeJS.ErrnoException): boolean {
    if (this.isClosed) return false;
    if (this.error !== null) {
      // More had been accepted before the first failure was known.
      if (error.syscall === 'write') return true;
      // The read that was to bring the rest failed, too: there is none.
      this.event(() => this.markFailed());
      return false;
    }
    const isWrite = this.isOpen && error.syscall === 'write';
    this.error = toTransportError(error, this.isOpen ? 'read' : 'connect', this.target);
    this.bits &= ~WRITABLE;
    if (isWrite && this.isProbing) {
      this.settleEnd(error.code === 'EPIPE');
      return false;
    }
    // What can only be written (a pipe's writer) has no input to wait for.
    if (isWrite && !this.hasEnded && this.socket.readable) {
      if (this.inbox.byteLength === 0) this.resume();
      else this.event(() => this.gain(BROKEN));
      return true;
    }
    this.event(() => this.markFailed());
    return false;
  }

  // ---- marks ----

  private markOpen(): void {
    this.isOpen = true;
    this.gain(this.socket.writable ? OPEN | WRITABLE : OPEN);
  }

  /** A RealSocket over TCP has already asked the kernel, and so has a HandleSocket. */
  private isDoubtful(socket: StreamSocket): socket is Socket {
    if (this.hasShutdown || isUnixAddress(this.target)) return false;
    return socket instanceof Socket && !(socket instanceof RealSocket);
  }

  /** A Unix-domain end cannot be told from a reset afterwards: each read that leaves nothing behind is stopped for a moment. */
  private restsAfter(sizeBytes: number): boolean {
    if (!isUnixAddress(this.target) || sizeBytes === 0 || this.inbox.hasFilled(sizeBytes)) return false;
    this.isStopped = true;
    runSoon(() => this.resume());
    return true;
  }

  private settleEnd(isEnd: boolean): void {
    this.isProbing = false;
    this.event(() => {
      this.hasEnded = isEnd;
      if (isEnd) this.gain(READABLE);
      if (this.error !== null) this.markFailed();
    });
  }

  private markFailed(): void {
    if (this.inbox.byteLength > 0) this.gain(this.error === null ? READABLE : READABLE | BROKEN);
    else if (this.error !== null) this.gainFailed();
  }

  private gainFailed(): void {
    this.bits &= ~BROKEN;
    this.gain(FAILED);
  }

  /** A send may have failed while this was not handed over yet. */
  private endOfStream(): Received {
    if (this.error !== null) this.gainFailed();
    return END_OF_STREAM;
  }

  private onDrained(): void {
    if (this.hasEnded) return;
    this.bits &= ~READABLE;
    if (this.error !== null && this.socket.destroyed) this.gainFailed();
    else this.resume();
  }

  private resume(): void {
    if (!this.isStopped || this.isClosed || this.inbox.byteLength > 0) return;
    this.isStopped = false;
    this.socket.resume();
  }

  onWritten(): void {
    const { socket } = this;
    const queued = this.queuedBytes;
    if (queued === 0) {
      this.unpin();
      if (this.isClosed) socket.destroy();
      else if (this.hasShutdown && !socket.writableEnded) socket.end();
    }
    if (this.isClosed || (this.bits & WRITABLE) !== 0 || this.hasShutdown || this.error !== null) return;
    if (queued < FULL_BYTES) this.event(() => this.gain(WRITABLE));
  }

  private get queuedBytes(): number {
    return this.outlet === null ? 0 : this.outlet.queuedBytes;
  }

  private openOutlet(): Outlet {
    this.outlet = this.context.outletFor(this.socket, this);
    return this.outlet;
  }

  private pin(buffer: LargeBuffer): void {
    buffer.holds += 1;
    this.pinned ??= [];
    this.pinned.push(buffer);
  }

  private unpin(): void {
    if (this.pinned === null) return;
    for (const buffer of this.pinned) this.context.buffers.release(buffer);
    this.pinned = null;
  }

  private release(): void {
    this.isClosed = true;
    this.bits = 0;
    this.watcher = null;
    this.inbox.close();
  }

  private event(mark: () => void): void {
    if (this.isClosed) return;
    this.context.driver.enter();
    mark();
    this.context.driver.leave();
  }

  private gain(bits: number): void {
    if ((this.bits & bits) === bits) return;
    this.bits |= bits;
    this.watcher?.onReadiness();
  }
}
