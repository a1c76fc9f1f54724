// http server's headersTimeout and requestTimeout on virtual time. Node keeps them in its parsers, on a clock of their own; here
// they are counted from what the server tells: a connection, bytes, a request, its end.
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

/** Events after which a connection is no longer the server's. */
const HANDED_OVER = new Set(['upgrade', 'connect']);

/** Watches the servers of http and https; `nowMs` reads virtual time. */
export function patchHttpServer(patches: Patches, nowMs: () => number): void {
  const watches = new WeakMap<object, ServerWatch>();
  for (const [prototype, connected] of [
    [http.Server.prototype, 'connection'],
    [https.Server.prototype, 'secureConnection'],
  ] as const) {
    const { emit } = prototype;
    patches.set(prototype, 'emit', function (this: HttpServer, event: string, ...args: unknown[]): boolean {
      if (event !== connected && !HEADERS_COMPLETE.has(event) && !HANDED_OVER.has(event))
        return Reflect.apply(emit, this, [event, ...args]);
      let watch = watches.get(this);
      if (watch === undefined) {
        watch = new ServerWatch(this, nowMs);
        watches.set(this, watch);
      }
      if (event !== connected) watch.onRequest(args[0] as http.IncomingMessage, HANDED_OVER.has(event));
      const given = Reflect.apply(emit, this, [event, ...args]);
      if (event === connected) watch.onConnection(args[0] as net.Socket);
      return given;
    });
  }
}

/** Where a connection is in its request. */
interface Progress {
  /** When the request began; null between two. The first begins with the connection, as in Node. */
  startedAtMs: number | null;
  hasHeaders: boolean;
}

/** One server's connections, looked at every `connectionsCheckingInterval` while a request is under way. */
class ServerWatch {
  private readonly server: HttpServer;
  private readonly nowMs: () => number;
  private readonly connections = new Map<net.Socket, Progress>();
  private timer: ProgramTimer | null = null;

  constructor(server: HttpServer, nowMs: () => number) {
    this.server = server;
    this.nowMs = nowMs;
  }

  onConnection(socket: net.Socket): void {
    if (socket.destroyed) return;
    const progress: Progress = { startedAtMs: this.nowMs(), hasHeaders: false };
    this.connections.set(socket, progress);
    socket.once('close', () => this.connections.delete(socket));
    beforePush(socket, () => {
      if (progress.startedAtMs !== null) return;
      progress.startedAtMs = this.nowMs();
      progress.hasHeaders = false;
      this.check();
    });
    this.check();
  }

  onRequest(request: http.IncomingMessage, isHandedOver: boolean): void {
    const { socket } = request;
    const progress = this.connections.get(socket);
    if (progress === undefined) return;
    if (isHandedOver) {
      this.connections.delete(socket);
      return;
    }
    progress.hasHeaders = true;
    const onComplete = (): void => {
      if (request.complete) progress.startedAtMs = null;
    };
    if (request.complete) onComplete();
    else request.once('end', onComplete).once('close', onComplete);
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
    for (const [socket, { startedAtMs, hasHeaders }] of [...this.connections]) {
      if (startedAtMs === null) continue;
      const lastedMs = this.nowMs() - startedAtMs;
      const isLate =
        (!hasHeaders && headersTimeout > 0 && lastedMs >= headersTimeout) ||
        (requestTimeout > 0 && lastedMs >= requestTimeout);
      if (isLate) this.expire(socket);
      else isPending ||= requestTimeout > 0 || (!hasHeaders && headersTimeout > 0);
    }
    if (isPending) this.check();
  }

  /** The server's own error listener answers 408, or leaves it to 'clientError'. */
  private expire(socket: net.Socket): void {
    this.connections.delete(socket);
    const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    socket.emit('error', error);
  }
}

/**
 * Calls back before each chunk that `socket` receives: earlier than the server's own listener, which may find a whole request in it.
 * No listener, since programs count them.
 */
function beforePush(socket: net.Socket, callback: () => void): void {
  const { push } = socket;
  const value = (...args: Parameters<typeof push>): boolean => {
    if (args[0] !== null) callback();
    return Reflect.apply(push, socket, args);
  };
  Object.defineProperty(socket, 'push', { value, writable: true, configurable: true, enumerable: false });
}
