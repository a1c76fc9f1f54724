import { Socket, type SocketConstructorOpts } from 'node:net';
import type { Inbox } from './inbox.ts';
import { handleOf, rereadsEnd } from './private-handle.ts';
import { runSoon } from './system-clock.ts';

/** What a RealSocket tells its endpoint. Each call stands for one I/O event. */
export interface SocketSink {
  readonly inbox: Inbox;
  /** The connection is there. */
  onOpen(): void;
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
export class RealSocket extends Socket {
  private readonly sink: SocketSink;

  constructor(sink: SocketSink, options: RealSocketOptions) {
    super({
      ...options,
      allowHalfOpen: true,
      onread: {
        buffer: () => sink.inbox.next(),
        callback: (sizeBytes: number) => sink.onBytes(sizeBytes),
      },
    } as SocketConstructorOpts);
    this.sink = sink;
    this.on('error', ignore);
    this.once('connect', () => sink.onOpen());
  }

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk === null && !this.destroyed) {
      if (this.sink.inbox.takeDoubt() && rereadsEnd(handleOf(this))) return true;
      this.sink.onEndOfStream();
    }
    return super.push(chunk, encoding);
  }

  override destroy(error?: Error): this {
    if (error !== undefined && error !== null && !this.destroyed && this.sink.onError(error)) return this;
    return super.destroy(error);
  }

  /**
   * Node resets a socket that connects as soon as it is connected, which may be never. What the kernel has connected by
   * now, Node has heard of after a round of its event loop; the rest is closed.
   */
  override resetAndDestroy(): this {
    super.resetAndDestroy();
    if (this.connecting) runSoon(() => runSoon(() => this.destroy()));
    return this;
  }
}

/** A socket's errors reach its endpoint by other ways. */
export function ignore(): void {}
