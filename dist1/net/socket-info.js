// What a socket tells about itself: its state, its counts, its addresses.
import { Duplex } from 'node:stream';
import { byteLength } from './queued-chunk.js';
import { addressFields, STATE } from './socket-state.js';
/** The part of a socket that only tells. */
export class SocketInfo extends Duplex {
  /** @internal For programs that look at it; a connection's own handle, which is not a native one. */
  get _handle() {
    return this[STATE]?.handle ?? null;
  }
  set _handle(handle) {
    this[STATE].handle = handle;
  }
  /** Whether it has not been connected yet, or has been closed. */
  get pending() {
    return this[STATE].handle === null || this.connecting;
  }
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable) return 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }
  get bytesRead() {
    const { handle, bytesRead } = this[STATE];
    return handle?.bytesRead ?? bytesRead;
  }
  /** Includes what still waits in the socket. Undefined until something could be written, as in Node. */
  get bytesWritten() {
    const queued = this.writableBuffer;
    if (queued === undefined) return undefined;
    const { unsent } = this[STATE];
    let sizeBytes = this._bytesDispatched;
    for (const { chunk, encoding } of queued) sizeBytes += byteLength(chunk, encoding);
    for (const chunk of unsent) sizeBytes += chunk.length;
    return sizeBytes;
  }
  get _bytesDispatched() {
    const { handle, bytesWritten } = this[STATE];
    return handle?.bytesWritten ?? bytesWritten;
  }
  /** @deprecated As in Node. */
  get bufferSize() {
    return this[STATE].handle === null ? undefined : this.writableLength;
  }
  get _connecting() {
    return this.connecting;
  }
  get remoteAddress() {
    return this.peerAddress().address;
  }
  get remoteFamily() {
    return this.peerAddress().family;
  }
  get remotePort() {
    return this.peerAddress().port;
  }
  get localAddress() {
    return this.ownAddress().address;
  }
  get localFamily() {
    return this.ownAddress().family;
  }
  get localPort() {
    return this.ownAddress().port;
  }
  address() {
    return this.ownAddress();
  }
  peerAddress() {
    const state = this[STATE];
    if (state.handle === null || this.connecting) return state.peer ?? {};
    state.peer ??= addressFields(state.handle.remoteAddress);
    return state.peer;
  }
  ownAddress() {
    const state = this[STATE];
    if (state.handle === null) return {};
    if (state.handle.localAddress === null) return {};
    state.local ??= addressFields(state.handle.localAddress);
    return state.local;
  }
}
