import { CONTEXT, type NetContext } from './context.ts';
import { type QueuedChunk } from './queued-chunk.ts';
import { SocketInfo } from './socket-info.ts';
import { type SocketOptions } from './socket-options.ts';
import { StreamHandle } from './stream-handle.ts';

type WriteCallback = (error?: Error | null) => void;
type StreamCallback = (error?: Error | null) => void;
export declare class FacadeSocket extends SocketInfo {
  readonly [CONTEXT]: NetContext;
  timeout: number | undefined;
  /** `address:port` of each attempt of the last connect that tried several. */
  autoSelectFamilyAttemptedAddresses: string[] | undefined;
  /** The server that accepted it, if one did. */
  server: object | null;
  /** @internal The same; cleared by those who hand a socket on. */
  _server: {
    _connections: number;
    _emitCloseIfDrained?: () => void;
  } | null;
  /** The name looked up, while connecting by name. */
  _host: string | null;
  _parent: FacadeSocket | null;
  _hadError: boolean;
  constructor(options?: SocketOptions | number);
  /** The rest of the constructor, apart so that `net.Socket.call(this)` of older libraries can run it too. */
  initialize(options: SocketOptions): void;
  connect(...args: unknown[]): this;
  end(...args: unknown[]): this;
  read(sizeBytes?: number): unknown;
  pause(): this;
  resume(): this;
  /** Time with no activity, on the host's clock, after which 'timeout' is emitted; 0 switches it off. */
  setTimeout(durationMs: number, callback?: () => void): this;
  /** Reaches the transport's handle, where it is recorded; nothing simulated delays small writes. */
  setNoDelay(enable?: unknown): this;
  /** As `setNoDelay`. */
  setKeepAlive(enable?: unknown, initialDelayMs?: unknown): this;
  ref(): this;
  unref(): this;
  /** Destroys it once everything written has been handed to the transport. */
  destroySoon(): void;
  /** Closes with a reset; the peer sees ECONNRESET. While connecting, once connected. */
  resetAndDestroy(): this;
  /** @internal */
  _reset(): this;
  /** @internal Activity: the idle time starts anew, also for the sockets this one is carried by. */
  _unrefTimer(): void;
  /** @internal */
  _onTimeout(): void;
  _read(sizeBytes: number): void;
  _write(chunk: unknown, encoding: BufferEncoding, callback: WriteCallback): void;
  _writev(chunks: QueuedChunk[], callback: WriteCallback): void;
  _final(callback: StreamCallback): void;
  _destroy(error: Error | null, callback: StreamCallback): void;
  /** @internal The dial has succeeded. */
  finishConnect(): void;
  /** @internal Makes `handle` the socket's connection, or its attempt at one. */
  attach(handle: StreamHandle): void;
  /** Lists it among the open handles, as opened by `opener`. */
  private track;
  private detach;
  private stopIdleTimer;
  /** A destroyed socket may be connected again. */
  private forget;
  private startDirectRead;
  private writeChunks;
  private holdUntilConnected;
  private finishWrite;
}
