import type { FacadeSocket } from './socket.ts';
import type { StreamOwner } from './stream-handle.ts';
/** The `onread` option: data goes into the program's own buffer, and no 'data' event is emitted. */
export interface OnReadOptions {
  buffer: Uint8Array | (() => Uint8Array);
  callback(bytesWritten: number, buffer: Uint8Array): boolean;
}
/** What a handle hands over becomes the stream's bytes, or goes to the socket's `onread`. */
export declare class SocketReader implements StreamOwner {
  /** Whether the socket has an `onread` that Node would use. */
  readonly isDirect: boolean;
  private readonly socket;
  private readonly onread;
  private buffer;
  constructor(socket: FacadeSocket, onread: unknown);
  /** A new connection begins: the program is asked for its buffer. */
  start(): void;
  get readSizeBytes(): number | undefined;
  onBytes(bytes: Uint8Array): void;
  onEnd(): void;
  onReadError(code: string): void;
  private fill;
}
