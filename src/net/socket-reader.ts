import { errnoError } from './node-errors.ts';
import type { FacadeSocket } from './socket.ts';
import { STATE } from './socket-state.ts';
import type { StreamOwner } from './stream-handle.ts';

/** The `onread` option: data goes into the program's own buffer, and no 'data' event is emitted. */
export interface OnReadOptions {
  buffer: Uint8Array | (() => Uint8Array);
  callback(bytesWritten: number, buffer: Uint8Array): boolean;
}

/** What a handle hands over becomes the stream's bytes, or goes to the socket's `onread`. */
export class SocketReader implements StreamOwner {
  /** Whether the socket has an `onread` that Node would use. */
  readonly isDirect: boolean;
  private readonly socket: FacadeSocket;
  private readonly onread: OnReadOptions | undefined;
  private buffer: Uint8Array | undefined;

  constructor(socket: FacadeSocket, onread: unknown) {
    this.socket = socket;
    this.isDirect = isOnReadOptions(onread);
    this.onread = this.isDirect ? (onread as OnReadOptions) : undefined;
  }

  /** A new connection begins: the program is asked for its buffer. */
  start(): void {
    if (this.onread === undefined) return;
    const { buffer } = this.onread;
    this.buffer = typeof buffer === 'function' ? buffer() : buffer;
  }

  get readSizeBytes(): number | undefined {
    return this.buffer?.length;
  }

  onBytes(bytes: Uint8Array): void {
    const { socket } = this;
    socket._unrefTimer();
    if (socket.destroyed) return;
    const wantsMore = this.onread === undefined ? socket.push(copyOf(bytes)) : this.fill(bytes);
    if (!wantsMore) socket[STATE].handle?.readStop();
  }

  onEnd(): void {
    const { socket } = this;
    socket._unrefTimer();
    if (socket.readableEnded) return;
    socket[STATE].handle?.readStop();
    socket.push(null);
    socket.read(0);
  }

  onReadError(code: string): void {
    this.socket.destroy(errnoError(code, 'read'));
  }

  private fill(bytes: Uint8Array): boolean {
    const { onread, buffer } = this;
    if (onread === undefined || buffer === undefined) return false;
    buffer.set(bytes);
    const wantsMore = onread.callback.call(this.socket, bytes.length, buffer) !== false;
    if (typeof onread.buffer === 'function') {
      const next = onread.buffer();
      if (next instanceof Uint8Array) this.buffer = next;
    }
    return wantsMore;
  }
}

/** `Buffer.from` would clear the memory first: a third of the time of a bulk transfer. */
function copyOf(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafe(bytes.length);
  copy.set(bytes);
  return copy;
}

function isOnReadOptions(onread: unknown): boolean {
  if (typeof onread !== 'object' || onread === null) return false;
  const { buffer, callback } = onread as Partial<OnReadOptions>;
  return (buffer instanceof Uint8Array || typeof buffer === 'function') && typeof callback === 'function';
}
