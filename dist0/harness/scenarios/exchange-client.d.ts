import { type CloseReason, Dispatcher, type Endpoint, type Reactor } from '../../core/index.ts';
export interface ExchangeOptions {
  readonly payload: Uint8Array;
  /** Whether to send only once the peer's end of stream was seen, as a server that answers a whole request. Default false. */
  readonly answersAtEnd?: boolean;
  /** How many bytes one receive takes; few make a slow reader. Default 65,536. */
  readonly readSizeBytes?: number;
}
/**
 * One end of an exchange: sends a payload, ends its direction, and reads until the end of stream. It notes what it saw,
 * and nothing else decides how it behaves.
 */
export declare class ExchangeClient extends Dispatcher {
  received: string;
  hasConnected: boolean;
  hasSeenEnd: boolean;
  closeReason: CloseReason | null;
  private readonly options;
  private readonly readSizeBytes;
  private sentBytes;
  private calls;
  /** A text that the first so many characters received are known to begin. */
  private knownText;
  private knownLength;
  /** With an endpoint it is the accepted side. */
  constructor(reactor: Reactor, options: ExchangeOptions, endpoint?: Endpoint | null);
  handleConnect(): void;
  handleWrite(): void;
  handleRead(): void;
  handleEnd(): void;
  handleClose(reason: CloseReason): void;
  /** What happened that must not: a handler before connect, after close, or twice. */
  get violations(): string;
  /** Whether what it received is a prefix of `text`. It is asked after every step, and looks only at what has come since. */
  receivedPrefixOf(text: string): boolean;
  fingerprint(): string;
  private get hasSentAll();
  private sendMore;
  private expectAlive;
}
/** Payloads that tell connections and positions apart: `abc…`, `ABC…`, `012…`, `!"#…`. */
export declare function payloadFor(connection: number, bytes: number): Uint8Array;
export declare function textOf(bytes: Uint8Array): string;
/** Whether what each end received is a prefix of what its peer was to send. */
export declare function everyPrefix(ends: readonly ExchangeClient[], texts: readonly string[]): boolean;
/** Whether each end has received all its peer was to send, and the end of stream. */
export declare function everyComplete(ends: readonly ExchangeClient[], texts: readonly string[]): boolean;
