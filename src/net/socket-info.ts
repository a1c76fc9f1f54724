// What a socket tells about itself: its state, its counts, its addresses.
import { Duplex } from 'node:stream';
import { byteLength, type QueuedChunk } from './queued-chunk.ts';
import { type AddressFields, addressFields, type SocketState, STATE } from './socket-state.ts';
import type { StreamHandle } from './stream-handle.ts';

/** The part of a socket that only tells. */
export class SocketInfo extends Duplex {
  declare [STATE]: SocketState;
  declare connecting: boolean;

  /** @internal For programs that look at it; a connection's own handle, which is not a native one. */
  get _handle(): StreamHandle | null {
    return this[STATE]?.handle ?? null;
  }

  set _handle(handle: StreamHandle | null) {
    this[STATE].handle = handle;
  }

  /** Whether it has not been connected yet, or has been closed. */
  get pending(): boolean {
    return this[STATE].handle === null || this.connecting;
  }

  get readyState(): 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed' {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return 'open';
    if (this.readable) return 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  get bytesRead(): number {
    const { handle, bytesRead } = this[STATE];
    return handle?.bytesRead ?? bytesRead;
  }

  /** Includes what still waits in the socket. Undefined until something could be written, as in Node. */
  get bytesWritten(): number | undefined {
    const queued = (this as unknown as { writableBuffer?: QueuedChunk[] }).writableBuffer;
    if (queued === undefined) return undefined;
    const { unsent } = this[STATE];
    let sizeBytes = this._bytesDispatched;
    for (const { chunk, encoding } of queued) sizeBytes += byteLength(chunk, encoding);
    for (const chunk of unsent) sizeBytes += chunk.length;
    return sizeBytes;
  }

  get _bytesDispatched(): number {
    const { handle, bytesWritten } = this[STATE];
    return handle?.bytesWritten ?? bytesWritten;
  }

  /** @deprecated As in Node. */
  get bufferSize(): number | undefined {
    return this[STATE].handle === null ? undefined : this.writableLength;
  }

  get _connecting(): boolean {
    return this.connecting;
  }

  get remoteAddress(): string | undefined {
    return this.peerAddress().address;
  }

  get remoteFamily(): string | undefined {
    return this.peerAddress().family;
  }

  get remotePort(): number | undefined {
    return this.peerAddress().port;
  }

  get localAddress(): string | undefined {
    return this.ownAddress().address;
  }

  get localFamily(): string | undefined {
    return this.ownAddress().family;
  }

  get localPort(): number | undefined {
    return this.ownAddress().port;
  }

  address(): AddressFields {
    return this.ownAddress();
  }

  private peerAddress(): AddressFields {
    const state = this[STATE];
    if (state.handle === null || this.connecting) return state.peer ?? {};
    state.peer ??= addressFields(state.handle.remoteAddress);
    return state.peer;
  }

  private ownAddress(): AddressFields {
    const state = this[STATE];
    if (state.handle === null) return {};
    // As in Node, who asks before there is an address hears of none until the socket is connected.
    state.local ??= addressFields(state.handle.localAddress);
    return state.local;
  }
}
