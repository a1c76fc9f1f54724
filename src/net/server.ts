// net.Server over a listener. The methods use only fields that Node's own net.Server has too (`_handle`,
// `_connections`, `_unref`), so that they also work put on the genuine prototype, under http, https and http2 servers.
import { EventEmitter } from 'node:events';
import type { BlockList } from 'node:net';
import { promisify } from 'node:util';
import { type Clock, formatAddress, isUnixAddress, type Transport } from '../core/index.ts';
import { checkNumber, normalizeArguments } from './arguments.ts';
import { blockListOf, isBlocked } from './block-list.ts';
import { CONTEXT, type NetContext, type NetHost } from './context.ts';
import { publishListen, publishServerSocket } from './diagnostics.ts';
import { type ListenForm, parseListen } from './listen-arguments.ts';
import { errnoError, invalidArgType, listenError, nodeError } from './node-errors.ts';
import { captureOrigin, type OpenHandle, type Origin } from './open-handle.ts';
import { ServerHandle, type ServerOwner } from './server-handle.ts';
import type { FacadeSocket } from './socket.ts';
import { placeSocketFile, removeSocketFile } from './socket-files.ts';
import { keepAliveSeconds } from './socket-options.ts';
import { type AddressFields, addressFields, STATE } from './socket-state.ts';
import type { StreamHandle } from './stream-handle.ts';

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
const LOOKUP: unique symbol = Symbol('lookup');

const ZERO_IS_A_LIMIT = Number.parseInt(process.versions.node, 10) >= 21;

type ConnectionListener = (socket: FacadeSocket) => void;

export class FacadeServer extends EventEmitter {
  declare readonly [CONTEXT]: NetContext;
  declare allowHalfOpen: boolean;
  declare pauseOnConnect: boolean;
  declare noDelay: boolean;
  declare keepAlive: boolean;
  /** Seconds, as in Node, though the option of this name is in milliseconds. */
  declare keepAliveInitialDelay: number;
  declare highWaterMark: number | undefined;
  /** Connections from these addresses are closed, and nobody is told. */
  declare blockList: BlockList | undefined;
  /** Above this many open connections, new ones are closed and reported as 'drop'. */
  declare maxConnections: number | undefined;
  /** Kept for programs that set it; it only matters in Node's cluster mode. */
  declare dropMaxConnection: boolean | undefined;
  declare _connections: number;
  declare _handle: ServerHandle | null;
  declare _unref: boolean;
  /** `6:::::8080`, as Node's own; some programs tell servers apart by it. */
  declare _connectionKey: string | undefined;
  declare [LOOKUP]: object | null;

  constructor(options?: ServerOptions | ConnectionListener, listener?: ConnectionListener) {
    super(serverOptions(options) as object);
    this.initialize(options, listener);
  }

  /** The rest of the constructor, apart so that `net.Server.call(this)` can run it too. */
  initialize(given?: ServerOptions | ConnectionListener, listener?: ConnectionListener): void {
    const options = serverOptions(given);
    if (typeof given === 'function') this.on('connection', given);
    else if (typeof listener === 'function') this.on('connection', listener);
    const { keepAliveInitialDelay, highWaterMark } = options;
    if (keepAliveInitialDelay !== undefined)
      checkNumber(keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (highWaterMark !== undefined) checkNumber(highWaterMark, 'options.highWaterMark');
    this._connections = 0;
    this._handle = null;
    this._unref = false;
    this.allowHalfOpen = options.allowHalfOpen ?? false;
    this.pauseOnConnect = Boolean(options.pauseOnConnect);
    this.noDelay = Boolean(options.noDelay);
    this.keepAlive = Boolean(options.keepAlive);
    this.keepAliveInitialDelay = keepAliveSeconds(keepAliveInitialDelay ?? 0);
    this.blockList = blockListOf(options.blockList);
    this.highWaterMark = highWaterMark;
  }

  get listening(): boolean {
    return Boolean(this._handle);
  }

  listen(...args: unknown[]): this {
    if (this._handle) {
      throw nodeError(
        Error,
        'ERR_SERVER_ALREADY_LISTEN',
        'Listen method has been called more than once without closing.',
      );
    }
    const { form, callback, signal } = parseListen(args);
    if (callback !== null) this.once('listening', callback);
    if (signal !== undefined) closeOnAbort(this, signal);
    publishListen('asyncStart', { server: this, options: normalizeArguments(args)[0] });
    const { host } = form;
    // Before a name is looked up: its answer comes from nowhere.
    const origin = this[CONTEXT].tracksOrigins ? captureOrigin(this.listen) : undefined;
    if (form.kind === 'fd') {
      process.nextTick(() => this.emit('error', listenError('EINVAL', undefined, undefined)));
    } else if (host === undefined) bind(this, this[CONTEXT].host(), form, origin);
    else {
      const attempt = {};
      const machine = this[CONTEXT].host();
      this[LOOKUP] = attempt;
      this[CONTEXT].lookup(host, {}, (error, address) => {
        if (this[LOOKUP] !== attempt) return;
        this[LOOKUP] = null;
        if (error !== null) this.emit('error', error);
        else bind(this, machine, { ...form, host: address as string }, origin);
      });
    }
    return this;
  }

  /** Stops accepting. 'close' is emitted once every connection has ended too. */
  close(callback?: (error?: Error) => void): this {
    if (typeof callback === 'function') {
      if (this._handle) this.once('close', callback);
      else
        this.once('close', () =>
          callback(nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')),
        );
    }
    this[LOOKUP] = null;
    releaseHandle(this);
    this._emitCloseIfDrained();
    return this;
  }

  /** The address bound: an object for TCP, the path for a Unix-domain server, null when not listening. */
  address(): AddressFields | string | null {
    const local = this._handle?.localAddress ?? null;
    if (local === null) return null;
    return isUnixAddress(local) ? local.path : addressFields(local);
  }

  getConnections(callback: (error: Error | null, count: number) => void): this {
    process.nextTick(callback, null, this._connections);
    return this;
  }

  ref(): this {
    this._unref = false;
    this._handle?.ref();
    return this;
  }

  unref(): this {
    this._unref = true;
    this._handle?.unref();
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this._handle) return;
    await promisify(this.close).call(this);
  }

  /** @internal */
  _emitCloseIfDrained(): void {
    if (this._handle || this._connections > 0) return;
    process.nextTick(() => this.emit('close'));
  }

  /** With `captureRejections`: a listener's promise was rejected. */
  override [EventEmitter.captureRejectionSymbol](
    error: Error,
    event: string | symbol,
    ...args: unknown[]
  ): void {
    if (event === 'connection') (args[0] as FacadeSocket).destroy(error);
    else this.emit('error', error);
  }
}

/** Binds at once, as far as the transport can: a program may ask for `address()` right after `listen()`. */
function bind(server: FacadeServer, machine: NetHost, form: ListenForm, origin: Origin | undefined): void {
  const context = server[CONTEXT];
  const { path, port, host } = form;
  const isDualStack = path === undefined && host === undefined;
  const local = path === undefined ? { host: host ?? '::', port } : { path };
  const fallback = isDualStack ? { host: '0.0.0.0', port } : null;
  const { files } = context;
  const isPathPlaced = path !== undefined && files !== undefined;
  const options = { backlog: form.backlog, ipv6Only: form.ipv6Only, isPathPlaced };
  const owner = new ServerConnector(server, form);
  if (path !== undefined && files !== undefined) {
    const refusal = placeSocketFile(files, path, form.access ?? {});
    if (refusal !== null) {
      process.nextTick(() => owner.onListenError(refusal));
      return;
    }
  }
  const { transport } = machine;
  const { sharedPorts } = context;
  const listen: Transport['listen'] = (at, settings) =>
    form.reusePort ? sharedPorts.listen(transport, at, settings ?? {}) : transport.listen(at, settings);
  const handle = new ServerHandle(listen, { local, fallback, options }, owner);
  const failure = handle.takeImmediateError();
  if (failure !== null) {
    handle.close();
    process.nextTick(() => owner.onListenError(failure));
    return;
  }
  if (path !== undefined && files !== undefined) handle.onClose = () => removeSocketFile(files, path);
  server._handle = handle;
  const family = path !== undefined ? -1 : local.host?.includes(':') ? 6 : 4;
  server._connectionKey = `${family}:${path ?? local.host}:${path === undefined ? port : -1}`;
  handle.openHandle = new OpenServer(server, machine.clock, origin);
  context.openHandles.add(handle.openHandle);
}

/** What a server does with its handle's news. */
class ServerConnector implements ServerOwner {
  private readonly server: FacadeServer;
  private readonly form: ListenForm;

  constructor(server: FacadeServer, form: ListenForm) {
    this.server = server;
    this.form = form;
  }

  onListening(): void {
    const { server } = this;
    if (!server._handle) return;
    publishListen('asyncEnd', { server });
    server.emit('listening');
  }

  onListenError(code: string): void {
    const { server, form } = this;
    releaseHandle(server);
    const error =
      form.path !== undefined
        ? listenError(code, form.path, undefined)
        : listenError(code, form.host ?? '::', form.port);
    publishListen('error', { server, error });
    server.emit('error', error);
  }

  onAcceptError(code: string): void {
    this.server.emit('error', errnoError(code, 'accept'));
  }

  onAccept(handle: StreamHandle): void {
    const { server } = this;
    const { maxConnections } = server;
    if (server.blockList !== undefined && isBlocked(server.blockList, addressFields(handle.remoteAddress))) {
      handle.close();
      return;
    }
    if (isLimit(maxConnections) && server._connections >= maxConnections) {
      const local = addressFields(handle.localAddress);
      const remote = addressFields(handle.remoteAddress);
      handle.close();
      server.emit('drop', {
        localAddress: local.address,
        localPort: local.port,
        localFamily: local.family,
        remoteAddress: remote.address,
        remotePort: remote.port,
        remoteFamily: remote.family,
      });
      return;
    }
    if (server.noDelay) handle.setNoDelay(true);
    if (server.keepAlive) handle.setKeepAlive(true, server.keepAliveInitialDelay);
    const socket = server[CONTEXT].makeSocket({
      handle,
      acceptedBy: server._handle?.openHandle?.opened,
      allowHalfOpen: server.allowHalfOpen,
      pauseOnCreate: server.pauseOnConnect,
      readableHighWaterMark: server.highWaterMark,
      writableHighWaterMark: server.highWaterMark,
    });
    socket[STATE].rememberOptions(server);
    server._connections += 1;
    socket.server = server;
    socket._server = server;
    server.emit('connection', socket);
    publishServerSocket(socket);
  }
}

/** Before Node 21, a limit of 0 is none. */
function isLimit(maxConnections: number | null | undefined): maxConnections is number {
  return maxConnections != null && (maxConnections > 0 || ZERO_IS_A_LIMIT);
}

function releaseHandle(server: FacadeServer): void {
  const handle = server._handle;
  server._handle = null;
  if (!handle) return;
  if (handle.openHandle !== null) server[CONTEXT].openHandles.delete(handle.openHandle);
  handle.close();
}

function closeOnAbort(server: FacadeServer, signal: AbortSignal): void {
  const close = (): void => {
    server.close();
  };
  if (signal.aborted) process.nextTick(close);
  else {
    signal.addEventListener('abort', close, { once: true });
    server.once('close', () => signal.removeEventListener('abort', close));
  }
}

class OpenServer implements OpenHandle {
  readonly kind = 'server';
  readonly clock: Clock;
  readonly opened: Origin | undefined;
  private readonly server: FacadeServer;

  constructor(server: FacadeServer, clock: Clock, opened: Origin | undefined) {
    this.server = server;
    this.clock = clock;
    this.opened = opened;
  }

  get origin(): string | undefined {
    return this.opened?.stack;
  }

  get keepsAlive(): boolean {
    return !this.server._unref && this.server._handle?.isRef !== false;
  }

  describe(): string {
    const local = this.server._handle?.localAddress ?? null;
    return local === null ? 'server' : `server listening on ${formatAddress(local)}`;
  }

  dispose(): void {
    this.server.close();
  }
}

function serverOptions(options: unknown): ServerOptions {
  if (typeof options === 'function' || options === null || options === undefined) return {};
  if (typeof options === 'object') return options;
  throw invalidArgType('options', 'of type object', options);
}
