import { Duplex } from 'node:stream';
import { type AddressFields, type SocketState, STATE } from './socket-state.ts';
import type { StreamHandle } from './stream-handle.ts';
/** The part of a socket that only tells. */
export declare class SocketInfo extends Duplex {
  [STATE]: SocketState;
  connecting: boolean;
  /** @internal For programs that look at it; a connection's own handle, which is not a native one. */
  get _handle(): StreamHandle | null;
  set _handle(handle: StreamHandle | null);
  /** Whether it has not been connected yet, or has been closed. */
  get pending(): boolean;
  get readyState(): 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed';
  get bytesRead(): number;
  /** Includes what still waits in the socket. Undefined until something could be written, as in Node. */
  get bytesWritten(): number | undefined;
  get _bytesDispatched(): number;
  /** @deprecated As in Node. */
  get bufferSize(): number | undefined;
  get _connecting(): boolean;
  get remoteAddress(): string | undefined;
  get remoteFamily(): string | undefined;
  get remotePort(): number | undefined;
  get localAddress(): string | undefined;
  get localFamily(): string | undefined;
  get localPort(): number | undefined;
  address(): AddressFields;
  private peerAddress;
  private ownAddress;
}
