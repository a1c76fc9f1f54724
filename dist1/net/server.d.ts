import { EventEmitter } from 'node:events';
import type { BlockList } from 'node:net';
import { CONTEXT, type NetContext } from './context.ts';
import { ServerHandle } from './server-handle.ts';
import type { FacadeSocket } from './socket.ts';
import { type AddressFields } from './socket-state.ts';
export interface ServerOptions {
  allowHalfOpen?: boolean;
  pauseOnConnect?: boolean;
  noDelay?: boolean;
  keepAlive?: boolean;
  keepAliveInitialDelay?: number;
  highWaterMark?: number;
  blockList?: unknown;
}
/** The lookup that `listen` waits for; `close` and a later `listen` make it void. */
declare const LOOKUP: unique symbol;
type ConnectionListener = (socket: FacadeSocket) => void;
export declare class FacadeServer extends EventEmitter {
  readonly [CONTEXT]: NetContext;
  allowHalfOpen: boolean;
  pauseOnConnect: boolean;
  noDelay: boolean;
  keepAlive: boolean;
  /** Seconds, as in Node, though the option of this name is in milliseconds. */
  keepAliveInitialDelay: number;
  highWaterMark: number | undefined;
  /** Connections from these addresses are closed, and nobody is told. */
  blockList: BlockList | undefined;
  /** Above this many open connections, new ones are closed and reported as 'drop'. */
  maxConnections: number | undefined;
  /** Kept for programs that set it; it only matters in Node's cluster mode. */
  dropMaxConnection: boolean | undefined;
  _connections: number;
  _handle: ServerHandle | null;
  _unref: boolean;
  /** `6:::::8080`, as Node's own; some programs tell servers apart by it. */
  _connectionKey: string | undefined;
  [LOOKUP]: object | null;
  constructor(options?: ServerOptions | ConnectionListener, listener?: ConnectionListener);
  /** The rest of the constructor, apart so that `net.Server.call(this)` can run it too. */
  initialize(given?: ServerOptions | ConnectionListener, listener?: ConnectionListener): void;
  get listening(): boolean;
  listen(...args: unknown[]): this;
  /** Stops accepting. 'close' is emitted once every connection has ended too. */
  close(callback?: (error?: Error) => void): this;
  /** The address bound: an object for TCP, the path for a Unix-domain server, null when not listening. */
  address(): AddressFields | string | null;
  getConnections(callback: (error: Error | null, count: number) => void): this;
  ref(): this;
  unref(): this;
  [Symbol.asyncDispose](): Promise<void>;
  /** @internal */
  _emitCloseIfDrained(): void;
  /** With `captureRejections`: a listener's promise was rejected. */
  [EventEmitter.captureRejectionSymbol](error: Error, event: string | symbol, ...args: unknown[]): void;
}
