// Writes to a socket's handle without the stream in between, which saves a sixth of the cost of a small write
// (docs/performance.md). It leans on what node:net itself does with handles, through private-handle.ts.
import { getSystemErrorName } from 'node:util';
import { HandleSocket } from './handle-socket.ts';
import type { Outlet, OutletOwner } from './outlet.ts';
import type { WritingHandle } from './private-handle.ts';
import type { StreamSocket } from './stream-socket.ts';
import type { OutletRequest, WriteSupplies } from './write-supplies.ts';

export class DirectOutlet implements Outlet {
  queuedBytes = 0;
  private readonly socket: StreamSocket;
  /** The socket while it may still delay small writes. */
  private delaying: HandleSocket | null;
  private readonly handle: WritingHandle;
  private readonly owner: OutletOwner;
  private readonly supplies: WriteSupplies;

  constructor(socket: StreamSocket, handle: WritingHandle, supplies: WriteSupplies, owner: OutletOwner) {
    this.socket = socket;
    this.delaying = socket instanceof HandleSocket ? socket : null;
    this.handle = handle;
    this.supplies = supplies;
    this.owner = owner;
  }

  write(bytes: Uint8Array, isKept: boolean): void {
    const { handle, supplies } = this;
    if (this.delaying?.undelay(bytes.length)) this.delaying = null;
    const request: OutletRequest = supplies.request();
    request.handle = handle;
    request.outlet = this;
    const stable = isKept ? bytes : supplies.copy(bytes);
    const status = handle.writeBuffer(request, stable);
    if (status === 0 && supplies.wasTakenAtOnce()) {
      this.queuedBytes = 0;
      return;
    }
    supplies.spend(request, stable);
    if (status !== 0) process.nextTick(() => this.fail(status));
    else this.queuedBytes = handle.writeQueueSize;
  }

  /** @internal What a write has come to that was not taken at once. */
  complete(status: number): void {
    if (this.socket.destroyed) return;
    this.queuedBytes = this.handle.writeQueueSize;
    if (status < 0) this.fail(status);
    else this.owner.onWritten();
  }

  private fail(status: number): void {
    const code = getSystemErrorName(status);
    this.socket.destroy(Object.assign(new Error(`write ${code}`), { code, errno: status, syscall: 'write' }));
  }
}
