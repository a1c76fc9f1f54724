import { Socket } from 'node:net';
import { handleOf, rereadsEnd } from './private-handle.js';
/**
 * A net.Socket that reads into its inbox's buffers (`onread`), and that a failed write does not destroy: Node would
 * close it and lose what the kernel has received and nobody has read.
 */
export class RealSocket extends Socket {
  constructor(sink, options) {
    super({
      ...options,
      allowHalfOpen: true,
      onread: {
        buffer: () => sink.inbox.next(),
        callback: (sizeBytes) => sink.onBytes(sizeBytes),
      },
    });
    this.wasEndReread = false;
    this.sink = sink;
    this.on('error', ignore);
  }
  push(chunk, encoding) {
    if (chunk === null && !this.destroyed) {
      if (!this.wasEndReread) {
        this.wasEndReread = true;
        if (rereadsEnd(handleOf(this))) return true;
      }
      this.sink.onEndOfStream();
    }
    return super.push(chunk, encoding);
  }
  destroy(error) {
    if (error !== undefined && error !== null && !this.destroyed && this.sink.onError(error)) return this;
    return super.destroy(error);
  }
}
/** A socket's errors reach its endpoint by other ways. */
export function ignore() {}
