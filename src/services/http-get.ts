// One HTTP/1.0 GET over one connection. It reports once: a complete response, or an error; never a short success.
import { type Address, formatAddress } from '../core/address.ts';
import { checkDuration, checkFunction, checkInteger, checkOptions } from '../core/arguments.ts';
import type { CloseReason } from '../core/close-reason.ts';
import { Dispatcher } from '../core/dispatcher.ts';
import type { TransportError } from '../core/errors.ts';
import type { Reactor } from '../core/reactor.ts';
import { END_OF_STREAM, WOULD_BLOCK } from '../core/transport.ts';
import { HttpError } from './http-error.ts';
import type { HttpHead } from './http-head.ts';
import { ResponseParser, type ResponseSink } from './http-parser.ts';
import { formatRequest, parseHttpUrl } from './http-request.ts';

export interface HttpResponse extends HttpHead {
  /** The whole body; empty if `onBody` took it. */
  readonly body: Uint8Array;
  /** Length of the body in bytes, whoever took it. */
  readonly bodyBytes: number;
}

export interface HttpGetOptions {
  /** `http://host[:port][/path][?query]`. Redirects are not followed. */
  readonly url: string | URL;
  /** Further request headers, a list for a field sent more than once. They replace the client's own of the same name. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Connects there instead of to the URL's host, for example to a Unix-domain socket. */
  readonly connectTo?: Address;
  /** For the connection to be established. Default 0: the system's own time-out. */
  readonly connectTimeoutMs?: number;
  /** For the next byte of the response. Default 0: none. */
  readonly idleTimeoutMs?: number;
  /** For everything. Default 0: none. */
  readonly totalTimeoutMs?: number;
  /** Status line and headers, together. Default 64 KiB. */
  readonly headBytesMax?: number;
  /** The body. Default 64 MiB where it is collected, no limit where `onBody` takes it. */
  readonly bodyBytesMax?: number;
  /** The head has arrived. */
  readonly onHead?: (head: HttpHead) => void;
  /** Takes the body piece by piece (a view, valid during the call). Returning false stops reading until `resume()`. */
  readonly onBody?: (bytes: Uint8Array) => unknown;
  /** Called once: with a complete response, or with the error. */
  readonly onDone: (error: HttpError | TransportError | null, response: HttpResponse | null) => void;
}

const CHUNK_SIZE_BYTES = 262144;
const HEAD_BYTES_MAX = 65536;
const BODY_BYTES_MAX = 64 * 1024 * 1024;

export class HttpGet extends Dispatcher implements ResponseSink {
  private readonly options: HttpGetOptions;
  private readonly parser: ResponseParser;
  private readonly bodyBytesMax: number;
  private request: Uint8Array;
  private head: HttpHead | null = null;
  private chunks: Uint8Array[] = [];
  private bodyBytes = 0;
  private heardAtMs = 0;
  private isReported = false;

  /** Connects at once. Throws ArgumentError for what it cannot ask for. */
  constructor(reactor: Reactor, options: HttpGetOptions) {
    super(reactor);
    checkOptions('options', options);
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
    for (const name of ['connectTimeoutMs', 'idleTimeoutMs', 'totalTimeoutMs'] as const) {
      checkDuration(name, options[name] ?? 0);
    }
    this.connect(options.connectTo ?? address);
    this.limitTime();
  }

  /** Goes on reading after `onBody` returned false. */
  resume(): void {
    if (this.closed) return;
    this.heardAtMs = this.reactor.now();
    this.wantRead(true);
  }

  override handleConnect(): void {
    this.heardAtMs = this.reactor.now();
  }

  override handleWrite(): void {
    const accepted = this.send(this.request);
    this.request = this.request.subarray(accepted);
    if (this.request.length === 0) this.wantWrite(false);
  }

  override handleRead(): void {
    const received = this.recv(CHUNK_SIZE_BYTES);
    if (received === WOULD_BLOCK || received === END_OF_STREAM) return;
    this.heardAtMs = this.reactor.now();
    this.parse(() => this.parser.feed(received));
  }

  override handleEnd(): void {
    this.parse(() => this.parser.end());
  }

  override handleClose(reason: CloseReason): void {
    if (!('error' in reason)) return;
    // An exception is one of the program's own callbacks'; it is told here and by handleError.
    this.report(reason.error as TransportError, null);
  }

  /** @internal */
  onHead(head: HttpHead): void {
    this.head = head;
    this.options.onHead?.(head);
  }

  /** @internal */
  onBody(bytes: Uint8Array): void {
    this.bodyBytes += bytes.length;
    if (this.bodyBytes > this.bodyBytesMax) {
      throw new HttpError('ERR_HTTP_TOO_LARGE', `the body is longer than ${this.bodyBytesMax} bytes`);
    }
    if (this.options.onBody === undefined) this.chunks.push(new Uint8Array(bytes));
    else if (this.options.onBody(bytes) === false) this.wantRead(false);
  }

  /** What of this channel decides how it will behave, as text, for merging equal states. */
  fingerprint(): string {
    const { request, bodyBytes, head, chunks, options, heardAtMs, parser } = this;
    const idleMs = (options.idleTimeoutMs ?? 0) > 0 ? this.reactor.now() - heardAtMs : '';
    return `${request.length} ${bodyBytes} ${JSON.stringify(head)} ${chunks.join()} ${idleMs} ${parser.fingerprint()}`;
  }

  private parse(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.breakOff(error);
      return;
    }
    if (this.parser.isDone) this.succeed();
  }

  private succeed(): void {
    this.close();
    const body = concatenate(this.chunks);
    this.report(null, { ...this.head!, body, bodyBytes: this.bodyBytes });
  }

  private breakOff(error: HttpError): void {
    this.abort();
    this.report(error, null);
  }

  private report(error: HttpError | TransportError | null, response: HttpResponse | null): void {
    if (this.isReported) return;
    this.isReported = true;
    this.chunks = [];
    this.options.onDone(error, response);
  }

  private limitTime(): void {
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

  private watchIdleness(timeoutMs: number): void {
    const look = (): void => {
      // Time in which the body's taker had us wait is not the server's.
      if (!this.wantsRead || this.connecting) this.heardAtMs = this.reactor.now();
      const idleMs = this.reactor.now() - this.heardAtMs;
      if (idleMs >= timeoutMs) this.expire(`${this.target()} sent nothing for ${timeoutMs} ms`);
      else this.callLater(timeoutMs - idleMs, look);
    };
    this.callLater(timeoutMs, look);
  }

  private expire(what: string): void {
    this.breakOff(new HttpError('ERR_HTTP_TIMEOUT', what));
  }

  private target(): string {
    return this.address === null ? 'the server' : formatAddress(this.address);
  }
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
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
