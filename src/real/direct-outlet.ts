// Writes to a socket's handle without the stream in between, which saves a sixth of the cost of a small write
// (docs/performance.md). It leans on what node:net itself does with handles, through private-handle.ts.
import { getSystemErrorName } from 'node:util';
import type { Outlet } from './outlet.ts';
import type { WriteRequest, WriteRequestType, WritingHandle } from './private-handle.ts';
import type { StreamSocket } from './stream-socket.ts';

export class DirectOutlet implements Outlet {
  queuedBytes = 0;
  private readonly socket: StreamSocket;
  private readonly handle: WritingHandle;
  private readonly onWritten: () => void;
  private readonly Request: WriteRequestType;
  private readonly onComplete: (status: number) => void;

  constructor(socket: StreamSocket, handle: WritingHandle, Request: WriteRequestType, onWritten: () => void) {
    this.socket = socket;
    this.handle = handle;
    this.Request = Request;
    this.onWritten = onWritten;
    this.onComplete = (status) => this.complete(status);
  }

  write(bytes: Uint8Array): void {
    const { handle } = this;
    const request: WriteRequest = new this.Request();
    request.handle = handle;
    request.oncomplete = this.onComplete;
    const status = handle.writeBuffer(request, bytes);
    if (status !== 0) {
      process.nextTick(() => this.fail(status));
      return;
    }
    this.queuedBytes = handle.writeQueueSize;
    if (this.queuedBytes > 0) request.buffer = bytes;
  }

  private complete(status: number): void {
    if (this.socket.destroyed) return;
    this.queuedBytes = this.handle.writeQueueSize;
    if (status < 0) this.fail(status);
    else this.onWritten();
  }

  private fail(status: number): void {
    const code = getSystemErrorName(status);
    this.socket.destroy(Object.assign(new Error(`write ${code}`), { code, errno: status, syscall: 'write' }));
  }
}
