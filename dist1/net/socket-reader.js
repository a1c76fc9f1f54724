import { errnoError } from './node-errors.js';
import { STATE } from './socket-state.js';
/** What a handle hands over becomes the stream's bytes, or goes to the socket's `onread`. */
export class SocketReader {
  constructor(socket, onread) {
    this.socket = socket;
    this.isDirect = isOnReadOptions(onread);
    this.onread = this.isDirect ? onread : undefined;
  }
  /** A new connection begins: the program is asked for its buffer. */
  start() {
    if (this.onread === undefined) return;
    const { buffer } = this.onread;
    this.buffer = typeof buffer === 'function' ? buffer() : buffer;
  }
  get readSizeBytes() {
    return this.buffer?.length;
  }
  onBytes(bytes) {
    const { socket } = this;
    socket._unrefTimer();
    if (socket.destroyed) return;
    const wantsMore = this.onread === undefined ? socket.push(copyOf(bytes)) : this.fill(bytes);
    if (!wantsMore) socket[STATE].handle?.readStop();
  }
  onEnd() {
    const { socket } = this;
    socket._unrefTimer();
    if (socket.readableEnded) return;
    socket[STATE].handle?.readStop();
    socket.push(null);
    socket.read(0);
  }
  onReadError(code) {
    this.socket.destroy(errnoError(code, 'read'));
  }
  fill(bytes) {
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
function copyOf(bytes) {
  const copy = Buffer.allocUnsafe(bytes.length);
  copy.set(bytes);
  return copy;
}
function isOnReadOptions(onread) {
  if (typeof onread !== 'object' || onread === null) return false;
  const { buffer, callback } = onread;
  return (buffer instanceof Uint8Array || typeof buffer === 'function') && typeof callback === 'function';
}
