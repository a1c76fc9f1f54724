import type { Socket } from 'node:net';

/** How an endpoint's bytes get into its socket. */
export interface Outlet {
  /** Bytes that the kernel has not taken yet. */
  readonly queuedBytes: number;
  /** `isKept`: the bytes stay as they are while any are queued. Errors reach the endpoint as the socket's do. */
  write(bytes: Uint8Array, isKept: boolean): void;
}

export interface OutletOwner {
  /** Called after each write that was not taken at once, and possibly after others. */
  onWritten(): void;
}

/** Through the stream: public API. */
export class StreamOutlet implements Outlet {
  private readonly socket: Socket;
  private readonly onWritten: () => void;

  constructor(socket: Socket, owner: OutletOwner) {
    this.socket = socket;
    this.onWritten = () => owner.onWritten();
  }

  get queuedBytes(): number {
    return this.socket.writableLength;
  }

  write(bytes: Uint8Array, isKept: boolean): void {
    this.socket.write(isKept ? bytes : Buffer.from(bytes), this.onWritten);
  }
}
