import type { Outlet } from './outlet.ts';
import type { WriteRequestType, WritingHandle } from './private-handle.ts';
import type { StreamSocket } from './stream-socket.ts';
export declare class DirectOutlet implements Outlet {
  queuedBytes: number;
  private readonly socket;
  private readonly handle;
  private readonly onWritten;
  private readonly Request;
  private readonly onComplete;
  constructor(socket: StreamSocket, handle: WritingHandle, Request: WriteRequestType, onWritten: () => void);
  write(bytes: Uint8Array): void;
  private complete;
  private fail;
}
