// One connection over a net.Socket, with the meaning of transport.ts: bytes before the error, sends cut short at a
// budget, close as close(2) does it.
import type { Socket } from 'node:net';
import type { Address } from '../core/address.ts';
import type { TransportError } from '../core/errors.ts';
import {
  END_OF_STREAM,
  type Endpoint,
  Readiness,
  type Received,
  type Watcher,
  WOULD_BLOCK,
} from '../core/transport.ts';
import type { RealDriver } from './driver.ts';
import { toTransportError } from './transport-error.ts';

const { READABLE, WRITABLE, FAILED, OPEN } = Readiness;

/**
 * Bytes accepted by `send` that the kernel has not taken yet, at most. As large as one receive buffer, so that a
 * forwarder hands on in one piece what it received in one piece.
 */
export const SEND_BUDGET_BYTES = 256 * 1024;

export class RealEndpoint implements Endpoint {
  watcher: Watcher | null = null;
  localAddress: Address | null = null;
  remoteAddress: Address | null = null;
  private readonly socket: Socket;
  private readonly driver: RealDriver;
  private readonly target: Address;
  private bits = 0;
  private held: Uint8Array[] = [];
  private heldOffset = 0;
  private isPaused = false;
  private isEnded = false;
  private hasShutdown = false;
  private isClosed = false;
  private error: TransportError | null = null;
  private readonly onWritten = (): void => this.afterWrite();

  constructor(driver: RealDriver, socket: Socket, target: Address) {
    this.driver = driver;
    this.socket = socket;
    this.target = target;
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.once('end', () => this.event(() => this.markEnd()));
    socket.on('error', (error) => this.event(() => this.fail(error)));
    if (socket.connecting) socket.once('connect', () => this.event(() => this.markOpen()));
    else this.markOpen();
  }

  get readiness(): number {
    return this.bits;
  }

  recv(sizeBytes: number): Received {
    const { held } = this;
    if (held.length === 0) return this.isEnded ? END_OF_STREAM : WOULD_BLOCK;
    const chunk = held[0];
    const begin = this.heldOffset;
    const end = Math.min(chunk.length, begin + sizeBytes);
    this.heldOffset = end;
    if (end === chunk.length) {
      held.shift();
      this.heldOffset = 0;
      if (held.length === 0) this.drained();
    }
    return new Uint8Array(chunk.buffer, chunk.byteOffset + begin, end - begin);
  }

  send(data: Uint8Array): number {
    if ((this.bits & WRITABLE) === 0) return 0;
    const room = SEND_BUDGET_BYTES - this.socket.writableLength;
    const accepted = Math.min(room, data.length);
    this.socket.write(Buffer.from(data.subarray(0, accepted)), this.onWritten);
    if (this.socket.writableLength >= SEND_BUDGET_BYTES) this.bits &= ~WRITABLE;
    return accepted;
  }

  shutdownWrite(): void {
    if (this.hasShutdown || this.isClosed) return;
    this.hasShutdown = true;
    this.bits &= ~WRITABLE;
    this.socket.end();
  }

  takeError(): TransportError | null {
    if ((this.bits & FAILED) === 0) return null;
    const { error } = this;
    this.error = null;
    this.bits &= ~FAILED;
    return error;
  }

  abort(): void {
    if (this.isClosed) return;
    this.release();
    if (this.socket.connecting || 'path' in this.target) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }

  close(): void {
    if (this.isClosed) return;
    if (this.held.length > 0) {
      this.abort();
      return;
    }
    this.release();
    if (this.socket.writableLength === 0) this.socket.destroy();
    else this.socket.pause();
  }

  private release(): void {
    this.isClosed = true;
    this.bits = 0;
    this.watcher = null;
    this.held.length = 0;
  }

  private event(mark: () => void): void {
    if (this.isClosed) return;
    this.driver.enter();
    mark();
    this.driver.leave();
  }

  private gain(bits: number): void {
    if ((this.bits & bits) === bits) return;
    this.bits |= bits;
    this.watcher?.onReadiness();
  }

  private markOpen(): void {
    const { socket, target } = this;
    if ('path' in target) {
      this.remoteAddress = target;
      this.localAddress = { path: '' };
    } else {
      this.remoteAddress = {
        host: socket.remoteAddress ?? target.host,
        port: socket.remotePort ?? target.port,
      };
      this.localAddress = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    }
    this.gain(OPEN | WRITABLE);
  }

  private receive(chunk: Uint8Array): void {
    if (this.isClosed) return;
    this.driver.enter();
    this.held.push(chunk);
    this.gain(READABLE);
    this.driver.leave();
    if (this.held.length > 0 && !this.isPaused) {
      this.isPaused = true;
      this.socket.pause();
    }
  }

  /** Everything held was handed over. */
  private drained(): void {
    if (this.isEnded) return;
    this.bits &= ~READABLE;
    if (this.error !== null) this.gain(FAILED);
    if (!this.isPaused) return;
    this.isPaused = false;
    this.socket.resume();
  }

  private markEnd(): void {
    this.isEnded = true;
    this.gain(READABLE);
  }

  private fail(error: Error): void {
    this.error = toTransportError(error, 'read', this.target);
    for (let rest = this.socket.read(); rest !== null; rest = this.socket.read()) this.held.push(rest);
    this.bits &= ~WRITABLE;
    if (this.held.length > 0) this.gain(READABLE);
    else this.gain(FAILED);
  }

  private afterWrite(): void {
    if (this.isClosed) {
      if (this.socket.writableLength === 0) this.socket.destroy();
      return;
    }
    if ((this.bits & (WRITABLE | OPEN | FAILED)) !== OPEN || this.hasShutdown || this.error !== null) return;
    if (this.socket.writableLength < SEND_BUDGET_BYTES) this.event(() => this.gain(WRITABLE));
  }
}
