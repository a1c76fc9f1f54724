import type { Socket } from 'node:net';
/** How an endpoint's bytes get into its socket. */
export interface Outlet {
  /** Bytes that the kernel has not taken yet. */
  readonly queuedBytes: number;
  /** `bytes` must stay as they are while any are queued. Errors reach the endpoint as the socket's do. */
  write(bytes: Uint8Array): void;
}
/** Through the stream: public API. */
export declare class StreamOutlet implements Outlet {
  private readonly socket;
  private readonly onWritten;
  /** `onWritten` is called after each write that was not taken at once, and possibly after others. */
  constructor(socket: Socket, onWritten: () => void);
  get queuedBytes(): number;
  write(bytes: Uint8Array): void;
}
