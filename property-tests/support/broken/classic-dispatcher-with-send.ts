// asyncore's dispatcher_with_send as it was: takes everything, and forgets what is unsent when the input ends.
import { ChunkQueue, type CloseReason, Dispatcher } from '../../../src/core/index.ts';

const SEND_SIZE_BYTES = 65536;

export class ClassicDispatcherWithSend extends Dispatcher {
  readonly outBuffer = new ChunkQueue();

  override send(data: Uint8Array): number {
    this.outBuffer.append(data);
    this.initiateSend();
    return data.length;
  }

  override handleWrite(): void {
    this.initiateSend();
  }

  override writable(): boolean {
    return this.outBuffer.byteLength > 0;
  }

  /** End of stream, error, all the same: close. */
  override handleClose(_reason: CloseReason): void {
    this.close();
  }

  private initiateSend(): void {
    const chunk = this.outBuffer.peek(SEND_SIZE_BYTES);
    if (chunk.length > 0 && this.connected) this.outBuffer.drop(super.send(chunk));
  }
}
