// One HTTP/1.0 GET over one connection. It reports once: a complete response, or an error; never a short success.
import { formatAddress } from '../core/address.js';
import { checkDuration, checkFunction, checkInteger } from '../core/arguments.js';
import { Dispatcher } from '../core/dispatcher.js';
import { END_OF_STREAM, WOULD_BLOCK } from '../core/transport.js';
import { HttpError } from './http-error.js';
import { ResponseParser } from './http-parser.js';
import { formatRequest, parseHttpUrl } from './http-request.js';

const CHUNK_SIZE_BYTES = 262144;
const HEAD_BYTES_MAX = 65536;
const BODY_BYTES_MAX = 64 * 1024 * 1024;
export class HttpGet extends Dispatcher {
  /** Connects at once. Throws ArgumentError for what it cannot ask for. */
  constructor(reactor, options) {
    super(reactor);
    this.head = null;
    this.chunks = [];
    this.bodyBytes = 0;
    this.heardAtMs = 0;
    this.isReported = false;
    checkFunction('onDone', options.onDone);
    const { address, host, path, authorization } = parseHttpUrl(options.url);
    this.options = options;
    this.request = formatRequest({ host, path, authorization, headers: options.headers ?? {} });
    this.parser = new ResponseParser(
      this,
      checkInteger('headBytesMax', options.headBytesMax ?? HEAD_BYTES_MAX, 16),
    );
    const bodyBytesMax = options.onBody === undefined ? BODY_BYTES_MAX : Number.MAX_SAFE_INTEGER;
    this.bodyBytesMax = checkInteger('bodyBytesMax', options.bodyBytesMax ?? bodyBytesMax, 0);
    for (const name of ['connectTimeoutMs', 'idleTimeoutMs', 'totalTimeoutMs']) {
      checkDuration(name, options[name] ?? 0);
    }
    this.connect(options.connectTo ?? address);
    this.limitTime();
  }
  /** Goes on reading after `onBody` returned false. */
  resume() {
    if (this.closed) return;
    this.heardAtMs = this.reactor.now();
    this.wantRead(true);
  }
  handleConnect() {
    this.heardAtMs = this.reactor.now();
  }
  handleWrite() {
    const accepted = this.send(this.request);
    this.request = this.request.subarray(accepted);
    if (this.request.length === 0) this.wantWrite(false);
  }
  handleRead() {
    const received = this.recv(CHUNK_SIZE_BYTES);
    if (received === WOULD_BLOCK || received === END_OF_STREAM) return;
    this.heardAtMs = this.reactor.now();
    this.parse(() => this.parser.feed(received));
  }
  handleEnd() {
    this.parse(() => this.parser.end());
  }
  handleClose(reason) {
    if (!('error' in reason)) return;
    // An exception is one of the program's own callbacks'; it is told here and by handleError.
    this.report(reason.error, null);
  }
  /** @internal */
  onHead(head) {
    this.head = head;
    this.options.onHead?.(head);
  }
  /** @internal */
  onBody(bytes) {
    this.bodyBytes += bytes.length;
    if (this.bodyBytes > this.bodyBytesMax) {
      throw new HttpError('ERR_HTTP_TOO_LARGE', `the body is longer than ${this.bodyBytesMax} bytes`);
    }
    if (this.options.onBody === undefined) this.chunks.push(new Uint8Array(bytes));
    else if (this.options.onBody(bytes) === false) this.wantRead(false);
  }
  /** What of this channel decides how it will behave, as text, for merging equal states. */
  fingerprint() {
    return `get ${this.channelState} ${this.request.length} ${this.bodyBytes} ${this.parser.fingerprint()}`;
  }
  parse(step) {
    try {
      step();
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.breakOff(error);
      return;
    }
    if (this.parser.isDone) this.succeed();
  }
  succeed() {
    this.close();
    const body = concatenate(this.chunks);
    this.report(null, { ...this.head, body, bodyBytes: this.bodyBytes });
  }
  breakOff(error) {
    this.abort();
    this.report(error, null);
  }
  report(error, response) {
    if (this.isReported) return;
    this.isReported = true;
    this.chunks = [];
    this.options.onDone(error, response);
  }
  limitTime() {
    const { connectTimeoutMs = 0, idleTimeoutMs = 0, totalTimeoutMs = 0 } = this.options;
    this.heardAtMs = this.reactor.now();
    if (connectTimeoutMs > 0) {
      this.callLater(connectTimeoutMs, () => {
        if (this.connecting) this.expire(`no connection to ${this.target()} within ${connectTimeoutMs} ms`);
      });
    }
    if (totalTimeoutMs > 0) {
      this.callLater(totalTimeoutMs, () => {
        this.expire(`not complete within ${totalTimeoutMs} ms; ${this.bodyBytes} bytes of the body arrived`);
      });
    }
    if (idleTimeoutMs > 0) this.watchIdleness(idleTimeoutMs);
  }
  watchIdleness(timeoutMs) {
    const look = () => {
      // Time in which the body's taker had us wait is not the server's.
      if (!this.wantsRead || this.connecting) this.heardAtMs = this.reactor.now();
      const idleMs = this.reactor.now() - this.heardAtMs;
      if (idleMs >= timeoutMs) this.expire(`${this.target()} sent nothing for ${timeoutMs} ms`);
      else this.callLater(timeoutMs - idleMs, look);
    };
    this.callLater(timeoutMs, look);
  }
  expire(what) {
    this.breakOff(new HttpError('ERR_HTTP_TIMEOUT', what));
  }
  target() {
    return this.address === null ? 'the server' : formatAddress(this.address);
  }
}
function concatenate(chunks) {
  if (chunks.length === 1) return chunks[0];
  let sizeBytes = 0;
  for (const chunk of chunks) sizeBytes += chunk.length;
  const whole = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
