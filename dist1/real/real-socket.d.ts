import { Socket, type SocketConstructorOpts } from 'node:net';
import type { Inbox } from './inbox.ts';
/** What a RealSocket tells its endpoint. Each call stands for one I/O event. */
export interface SocketSink {
  readonly inbox: Inbox;
  /** `sizeBytes` bytes were read into the inbox's buffer. Returns whether to go on reading. */
  onBytes(sizeBytes: number): boolean;
  /** The peer has ended its direction. */
  onEndOfStream(): void;
  /** Returns whether the socket must stay open: what it still holds is to be read first. */
  onError(error: NodeJS.ErrnoException): boolean;
}
export interface RealSocketOptions extends SocketConstructorOpts {
  /**
   * Whether small writes leave at once: a forwarder that let them wait for an acknowledgement would add 40 ms to each.
   * Node heeds this where the socket is made, and not in `connect`.
   */
  readonly noDelay?: boolean;
}
/**
 * A net.Socket that reads into its inbox's buffers (`onread`), and that a failed write does not destroy: Node would
 * close it and lose what the kernel has received and nobody has read.
 */
export declare class RealSocket extends Socket {
  private readonly sink;
  private wasEndReread;
  constructor(sink: SocketSink, options: RealSocketOptions);
  push(chunk: unknown, encoding?: BufferEncoding): boolean;
  destroy(error?: Error): this;
}
/** A socket's errors reach its endpoint by other ways. */
export declare function ignore(): void;
