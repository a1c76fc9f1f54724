// Writes to a socket's handle without the stream in between, which saves a sixth of the cost of a small write
// (docs/performance.md). It leans on what node:net itself does with handles, through private-handle.ts.
import { getSystemErrorName } from 'node:util';
export class DirectOutlet {
  constructor(socket, handle, Request, onWritten) {
    this.queuedBytes = 0;
    this.socket = socket;
    this.handle = handle;
    this.Request = Request;
    this.onWritten = onWritten;
    this.onComplete = (status) => this.complete(status);
  }
  write(bytes) {
    const { handle } = this;
    const request = new this.Request();
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
  complete(status) {
    if (this.socket.destroyed) return;
    this.queuedBytes = this.handle.writeQueueSize;
    if (status < 0) this.fail(status);
    else this.onWritten();
  }
  fail(status) {
    const code = getSystemErrorName(status);
    this.socket.destroy(Object.assign(new Error(`write ${code}`), { code, errno: status, syscall: 'write' }));
  }
}
