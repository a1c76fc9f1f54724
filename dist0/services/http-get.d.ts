import { type Address } from '../core/address.ts';
import type { CloseReason } from '../core/close-reason.ts';
import { Dispatcher } from '../core/dispatcher.ts';
import type { TransportError } from '../core/errors.ts';
import type { Reactor } from '../core/reactor.ts';
import { HttpError } from './http-error.ts';
import type { HttpHead } from './http-head.ts';
import { type ResponseSink } from './http-parser.ts';
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
export declare class HttpGet extends Dispatcher implements ResponseSink {
  private readonly options;
  private readonly parser;
  private readonly bodyBytesMax;
  private request;
  private head;
  private chunks;
  private bodyBytes;
  private heardAtMs;
  private isReported;
  /** Connects at once. Throws ArgumentError for what it cannot ask for. */
  constructor(reactor: Reactor, options: HttpGetOptions);
  /** Goes on reading after `onBody` returned false. */
  resume(): void;
  handleConnect(): void;
  handleWrite(): void;
  handleRead(): void;
  handleEnd(): void;
  handleClose(reason: CloseReason): void;
  /** @internal */
  onHead(head: HttpHead): void;
  /** @internal */
  onBody(bytes: Uint8Array): void;
  /** What of this channel decides how it will behave, as text, for merging equal states. */
  fingerprint(): string;
  private parse;
  private succeed;
  private breakOff;
  private report;
  private limitTime;
  private watchIdleness;
  private expire;
  private target;
}
