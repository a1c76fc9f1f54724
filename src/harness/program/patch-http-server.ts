// http server's headersTimeout and requestTimeout on virtual time. Node keeps them in its parsers, on a clock of their own; here the
// parsers are only asked whether a request is under way, and the time is counted from what the server tells.
import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import type { Patches } from './patches.ts';
import { ProgramTimer } from './program-timer.ts';

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

/** Watches the servers of http and https; `nowMs` reads virtual time. */
export function patchHttpServer(patches: Patches, nowMs: () => number): void {
  const watches = new WeakMap<object, ServerWatch>();
  for (const [prototype, connected] of [
    [http.Server.prototype, 'connection'],
    [https.Server.prototype, 'secureConnection'],
  ] as const) {
    const { emit } = prototype;
    patches.set(prototype, 'emit', function (this: HttpServer, event: string, ...args: unknown[]): boolean {
      if (event !== connected && !HEADERS_COMPLETE.has(event))
        return Reflect.apply(emit, this, [event, ...args]);
      let watch = watches.get(this);
      if (watch === undefined) {
        watch = new ServerWatch(this, nowMs);
        watches.set(this, watch);
      }
      if (event !== connected) watch.onRequest(args[0] as http.IncomingMessage);
      const given = Reflect.apply(emit, this, [event, ...args]);
      if (event === connected) watch.onConnection(args[0] as WatchedSocket);
      return given;
    });
  }
}

/** What is asked of a connection's parser. Its own clock is real, and only asked whether it runs. */
interface Parser {
  /** 0 between two requests; the first is counted from the connection on. */
  duration(): number;
  headersCompleted(): boolean;
}

/** One server's connections, looked at every `connectionsCheckingInterval` while a request is under way. */
class ServerWatch {
  private readonly server: HttpServer;
  private readonly nowMs: () => number;
  /** When the request began that may be under way. */
  private readonly startedAtMs = new Map<WatchedSocket, number>();
  private timer: ProgramTimer | null = null;

  constructor(server: HttpServer, nowMs: () => number) {
    this.server = server;
    this.nowMs = nowMs;
  }

  onConnection(socket: WatchedSocket): void {
    if (socket.destroyed) return;
    this.startedAtMs.set(socket, this.nowMs());
    before(socket, '_destroy', () => this.startedAtMs.delete(socket));
    // Earlier than the server's own listener, which may find a whole request in it.
    before(socket, 'push', () => {
      if (isUnderWay(socket)) return;
      this.startedAtMs.set(socket, this.nowMs());
      this.check();
    });
    this.check();
  }

  onRequest(request: http.IncomingMessage): void {
    const socket = request.socket as WatchedSocket;
    // The next one may have begun in the chunk that ended this one.
    const onOver = (): void => {
      if (request.complete && this.startedAtMs.has(socket)) this.startedAtMs.set(socket, this.nowMs());
    };
    if (!request.complete) request.once('end', onOver).once('close', onOver);
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
    let isPending = false;
    for (const [socket, startedAtMs] of [...this.startedAtMs]) {
      if (!isUnderWay(socket)) continue;
      const lastedMs = this.nowMs() - startedAtMs;
      const hasHeaders = socket.parser?.headersCompleted() === true;
      const isLate =
        (!hasHeaders && headersTimeout > 0 && lastedMs >= headersTimeout) ||
        (requestTimeout > 0 && lastedMs >= requestTimeout);
      if (isLate) this.expire(socket);
      else isPending ||= requestTimeout > 0 || (!hasHeaders && headersTimeout > 0);
    }
    if (isPending) this.check();
  }

  /** The server's own error listener answers 408, or leaves it to 'clientError'. */
  private expire(socket: WatchedSocket): void {
    this.startedAtMs.delete(socket);
    const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    socket.emit('error', error);
  }
}

/** Null once the connection is no longer the server's. */
type WatchedSocket = net.Socket & { readonly parser?: Parser | null };

function isUnderWay({ parser }: WatchedSocket): boolean {
  return parser != null && parser.duration() > 0;
}

/** Calls back before each call of a method of `socket`. No listener, since programs count them. */
function before(socket: net.Socket, method: 'push' | '_destroy', callback: () => void): void {
  const genuine = socket[method] as (...args: unknown[]) => unknown;
  const value = (...args: unknown[]): unknown => {
    callback();
    return Reflect.apply(genuine, socket, args);
  };
  Object.defineProperty(socket, method, { value, writable: true, configurable: true, enumerable: false });
}
