// http server's headersTimeout and requestTimeout on virtual time. Node keeps them in its parsers, on a clock of their own; here the
// parsers are only asked whether a request is under way, and the time is counted from what the server tells.
import type { IncomingMessage } from 'node:http';
import type net from 'node:net';
import { ProgramTimer } from '../program-timer.ts';
import { parseInTurn } from './http-bodies.ts';
import type { NativeReads } from './native-reads.ts';
import type { Patches } from './patches.ts';

/** What both kinds of server have; `connectionsCheckingInterval` is an option that Node keeps as a property. */
interface HttpServer extends net.Server {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval?: number;
}

/** Node's own default. */
const CHECKING_INTERVAL_MS = 30_000;

/** Events with which a server tells that a request's headers are complete. */
const HEADERS_COMPLETE = new Set(['request', 'checkContinue', 'checkExpectation', 'dropRequest']);

/** Watches the servers of http or https, which emit `connected` when somebody has connected; `nowMs` reads virtual time. */
export function patchHttpServer(
  patches: Patches,
  { prototype, connected }: { readonly prototype: HttpServer; readonly connected: string },
  reads: NativeReads,
  nowMs: () => number,
): void {
  const watches = new WeakMap<object, ServerWatch>();
  const emit: (event: string, ...args: unknown[]) => boolean = prototype.emit;
  patches.set(prototype, 'emit', function (this: HttpServer, event: string, ...args: unknown[]): boolean {
    if (event !== connected && !HEADERS_COMPLETE.has(event)) return emit.call(this, event, ...args);
    let watch = watches.get(this);
    if (watch === undefined) {
      watch = new ServerWatch(this, reads, nowMs);
      watches.set(this, watch);
    }
    if (event !== connected) watch.onRequest(args[0] as IncomingMessage);
    const given = emit.call(this, event, ...args);
    if (event === connected) watch.onConnection(args[0] as WatchedSocket);
    return given;
  });
}

/** Where a connection is. */
interface Progress {
  /** When the request began that may be under way; the first is counted from the connection on. */
  startedAtMs: number;
  /** The last whose headers were complete, until it is over: a connection outlives its requests. */
  request: IncomingMessage | null;
  /** Whether it is known that another has begun since. */
  hasNext: boolean;
}

/** One server's connections, looked at every `connectionsCheckingInterval` while a request is under way. */
class ServerWatch {
  private readonly server: HttpServer;
  private readonly reads: NativeReads;
  private readonly nowMs: () => number;
  private readonly connections = new Map<WatchedSocket, Progress>();
  private timer: ProgramTimer | null = null;
  private parsers: ParserList | undefined;

  constructor(server: HttpServer, reads: NativeReads, nowMs: () => number) {
    this.server = server;
    this.reads = reads;
    this.nowMs = nowMs;
  }

  onConnection(socket: WatchedSocket): void {
    if (socket.destroyed) return;
    const progress: Progress = { startedAtMs: this.nowMs(), request: null, hasNext: true };
    this.connections.set(socket, progress);
    const parseAtOnce = parseInTurn(socket, this.reads);
    before(socket, '_destroy', () => {
      this.connections.delete(socket);
      parseAtOnce();
    });
    // Earlier than the server's own listener, which may find a whole request in it.
    before(socket, 'push', () => {
      if (progress.hasNext || !isOver(progress)) return;
      this.begin(progress);
      this.check();
    });
    this.check();
  }

  onRequest(request: IncomingMessage): void {
    const socket = request.socket as WatchedSocket;
    const progress = this.connections.get(socket);
    if (progress === undefined) return;
    progress.request = request.complete ? null : request;
    progress.hasNext = false;
    // The next one may have begun in the chunk that ended this one.
    const onOver = (): void => {
      if (!request.complete || progress.request !== request) return;
      progress.request = null;
      if (this.active().includes(socket.parser)) this.begin(progress);
    };
    if (!request.complete) request.on('end', onOver).on('close', onOver);
  }

  private begin(progress: Progress): void {
    if (progress.hasNext) return;
    progress.startedAtMs = this.nowMs();
    progress.hasNext = true;
  }

  /** Sees that somebody looks, as long as there is something to look at. */
  private check(): void {
    if (this.timer !== null) return;
    const { connectionsCheckingInterval: intervalMs = CHECKING_INTERVAL_MS } = this.server;
    this.timer = new ProgramTimer(() => this.look(), intervalMs, [], false);
    this.timer.unref();
  }

  private look(): void {
    this.timer = null;
    const { headersTimeout, requestTimeout } = this.server;
    const active = new Set(this.active());
    let isPending = false;
    for (const [socket, progress] of [...this.connections]) {
      if (!active.has(socket.parser)) continue;
      const lastedMs = this.nowMs() - progress.startedAtMs;
      const hasHeaders = !isOver(progress);
      const isLate =
        (!hasHeaders && headersTimeout > 0 && lastedMs >= headersTimeout) ||
        (requestTimeout > 0 && lastedMs >= requestTimeout);
      if (isLate) this.expire(socket);
      else isPending ||= requestTimeout > 0 || (!hasHeaders && headersTimeout > 0);
    }
    if (isPending) this.check();
  }

  /** The parsers in the middle of a request, as Node's list of them has it. Its own clock is real, and not asked. */
  private active(): readonly unknown[] {
    // Made as the server begins to listen, and kept.
    this.parsers ??= parsersOf(this.server);
    return this.parsers?.active() ?? [];
  }

  /** The server's own error listener answers 408, or leaves it to 'clientError'. */
  private expire(socket: WatchedSocket): void {
    this.connections.delete(socket);
    const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    socket.emit('error', error);
  }
}

/** Node's list of a server's parsers. */
interface ParserList {
  active(): unknown[];
}

function parsersOf(server: object): ParserList | undefined {
  const key = Object.getOwnPropertySymbols(server).find(
    ({ description }) => description === 'http.server.connections',
  );
  return key && (server as Record<symbol, ParserList | undefined>)[key];
}

/** Whether no request is known that has not been received to its end. */
function isOver({ request }: Progress): boolean {
  return request === null || request.complete;
}

/** Without a parser once the connection is no longer the server's. */
type WatchedSocket = net.Socket & { readonly parser?: object | null };

/** Calls back before each call of a method of `socket`. No listener, since programs count them. */
function before(socket: net.Socket, method: 'push' | '_destroy', callback: () => void): void {
  const genuine = socket[method] as (...args: unknown[]) => unknown;
  const value = (...args: unknown[]): unknown => {
    callback();
    return genuine.call(socket, ...args);
  };
  Object.defineProperty(socket, method, { value, writable: true, configurable: true, enumerable: false });
}
