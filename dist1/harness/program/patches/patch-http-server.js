import { ProgramTimer } from '../program-timer.js';
import { http, https } from './node-http.js';

/** Node's own default. */
const CHECKING_INTERVAL_MS = 30_000;
/** Events with which a server tells that a request's headers are complete. */
const HEADERS_COMPLETE = new Set(['request', 'checkContinue', 'checkExpectation', 'dropRequest']);
/** Watches the servers of http and https; `nowMs` reads virtual time. */
export function patchHttpServer(patches, nowMs) {
  const watches = new WeakMap();
  for (const [prototype, connected] of [
    [http.Server.prototype, 'connection'],
    [https.Server.prototype, 'secureConnection'],
  ]) {
    const emit = prototype.emit;
    patches.set(prototype, 'emit', function (event, ...args) {
      if (event !== connected && !HEADERS_COMPLETE.has(event)) return emit.call(this, event, ...args);
      let watch = watches.get(this);
      if (watch === undefined) {
        watch = new ServerWatch(this, nowMs);
        watches.set(this, watch);
      }
      if (event !== connected) watch.onRequest(args[0]);
      const given = emit.call(this, event, ...args);
      if (event === connected) watch.onConnection(args[0]);
      return given;
    });
  }
}
/** One server's connections, looked at every `connectionsCheckingInterval` while a request is under way. */
class ServerWatch {
  constructor(server, nowMs) {
    this.connections = new Map();
    this.timer = null;
    this.server = server;
    this.nowMs = nowMs;
  }
  onConnection(socket) {
    if (socket.destroyed) return;
    const progress = { startedAtMs: this.nowMs(), request: null, hasNext: true };
    this.connections.set(socket, progress);
    before(socket, '_destroy', () => this.connections.delete(socket));
    // Earlier than the server's own listener, which may find a whole request in it.
    before(socket, 'push', () => {
      if (progress.hasNext || !isOver(progress)) return;
      this.begin(progress);
      this.check();
    });
    this.check();
  }
  onRequest(request) {
    const socket = request.socket;
    const progress = this.connections.get(socket);
    if (progress === undefined) return;
    progress.request = new WeakRef(request);
    progress.hasNext = false;
    // The next one may have begun in the chunk that ended this one.
    const onOver = () => {
      if (request.complete && progress.request?.deref() === request && this.active().has(socket.parser))
        this.begin(progress);
    };
    if (!request.complete) request.once('end', onOver).once('close', onOver);
  }
  begin(progress) {
    if (progress.hasNext) return;
    progress.startedAtMs = this.nowMs();
    progress.hasNext = true;
  }
  /** Sees that somebody looks, as long as there is something to look at. */
  check() {
    if (this.timer !== null) return;
    const { connectionsCheckingInterval: intervalMs = CHECKING_INTERVAL_MS } = this.server;
    this.timer = new ProgramTimer(() => this.look(), intervalMs, [], false);
    this.timer.unref();
  }
  look() {
    this.timer = null;
    const { headersTimeout, requestTimeout } = this.server;
    const active = this.active();
    let isPending = false;
    for (const [socket, progress] of [...this.connections]) {
      if (!active.has(socket.parser)) continue;
      const lastedMs = this.nowMs() - progress.startedAtMs;
      const hasHeaders = progress.request !== null && !isOver(progress);
      const isLate =
        (!hasHeaders && headersTimeout > 0 && lastedMs >= headersTimeout) ||
        (requestTimeout > 0 && lastedMs >= requestTimeout);
      if (isLate) this.expire(socket);
      else isPending ||= requestTimeout > 0 || (!hasHeaders && headersTimeout > 0);
    }
    if (isPending) this.check();
  }
  /** The parsers in the middle of a request, as Node's list of them has it. Its own clock is real, and not asked. */
  active() {
    const key = Object.getOwnPropertySymbols(this.server).find(
      ({ description }) => description === 'http.server.connections',
    );
    const list = key && this.server[key];
    return new Set(list?.active());
  }
  /** The server's own error listener answers 408, or leaves it to 'clientError'. */
  expire(socket) {
    this.connections.delete(socket);
    const error = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    socket.emit('error', error);
  }
}
/** Whether the last request known has been received to its end. */
function isOver({ request }) {
  return request !== null && request.deref()?.complete !== false;
}
/** Calls back before each call of a method of `socket`. No listener, since programs count them. */
function before(socket, method, callback) {
  const genuine = socket[method];
  const value = (...args) => {
    callback();
    return genuine.call(socket, ...args);
  };
  Object.defineProperty(socket, method, { value, writable: true, configurable: true, enumerable: false });
}
