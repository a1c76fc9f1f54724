import { type CloseReason, Dispatcher, type Endpoint, isBytes, type Reactor } from '../../core/index.ts';

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
export class ExchangeClient extends Dispatcher {
  received = '';
  hasConnected = false;
  hasSeenEnd = false;
  closeReason: CloseReason | null = null;
  private readonly options: ExchangeOptions;
  private readonly readSizeBytes: number;
  private sentBytes = 0;
  private calls = '';
  /** A text that the first so many characters received are known to begin. */
  private knownText = '';
  private knownLength = 0;

  /** With an endpoint it is the accepted side. */
  constructor(reactor: Reactor, options: ExchangeOptions, endpoint: Endpoint | null = null) {
    super(reactor, endpoint);
    this.options = options;
    this.readSizeBytes = options.readSizeBytes ?? 65536;
    if (endpoint === null) return;
    this.hasConnected = true;
    if (options.answersAtEnd === true) this.wantWrite(false);
  }

  override handleConnect(): void {
    if (this.hasConnected || this.calls !== '') this.calls += '!connect';
    this.hasConnected = true;
    if (this.options.answersAtEnd === true) this.wantWrite(false);
    else this.sendMore();
  }

  override handleWrite(): void {
    this.expectAlive('write');
    this.sendMore();
  }

  override handleRead(): void {
    this.expectAlive('read');
    const data = this.recv(this.readSizeBytes);
    if (isBytes(data))
      for (let index = 0; index < data.length; index += 1) this.received += String.fromCharCode(data[index]);
  }

  override handleEnd(): void {
    this.expectAlive('end');
    this.hasSeenEnd = true;
    if (this.options.answersAtEnd === true) this.sendMore();
    else if (this.hasSentAll) this.close();
  }

  override handleClose(reason: CloseReason): void {
    if (this.closeReason !== null) this.calls += '!close';
    this.closeReason = reason;
  }

  /** What happened that must not: a handler before connect, after close, or twice. */
  get violations(): string {
    return this.calls;
  }

  /** Whether what it received is a prefix of `text`. It is asked after every step, and looks only at what has come since. */
  receivedPrefixOf(text: string): boolean {
    const { received } = this;
    const from = text === this.knownText ? this.knownLength : 0;
    if (from === received.length) return true;
    if (!text.startsWith(from === 0 ? received : received.slice(from), from)) return false;
    this.knownText = text;
    this.knownLength = received.length;
    return true;
  }

  fingerprint(): string {
    return `${this.sentBytes} ${this.received} ${this.hasSeenEnd ? 'e' : ''}${this.closeReason?.kind ?? ''}${this.calls}`;
  }

  private get hasSentAll(): boolean {
    return this.sentBytes === this.options.payload.length;
  }

  private sendMore(): void {
    const { payload } = this.options;
    if (this.sentBytes < payload.length) {
      this.sentBytes += this.send(this.sentBytes === 0 ? payload : payload.subarray(this.sentBytes));
    }
    if (!this.hasSentAll) return;
    this.shutdownWrite();
    if (this.hasSeenEnd) this.close();
  }

  private expectAlive(handler: string): void {
    if (!this.hasConnected || this.closed || this.closeReason !== null) this.calls += `!${handler}`;
  }
}

/** Payloads that tell connections and positions apart: `abc…`, `ABC…`, `012…`, `!"#…`. */
export function payloadFor(connection: number, bytes: number): Uint8Array {
  const base = [0x61, 0x41, 0x30, 0x21][connection % 4];
  return Uint8Array.from({ length: bytes }, (_, index) => base + (index % 26));
}

export function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Whether what each end received is a prefix of what its peer was to send. */
export function everyPrefix(ends: readonly ExchangeClient[], texts: readonly string[]): boolean {
  for (let index = 0; index < ends.length; index += 1) {
    if (!ends[index].receivedPrefixOf(texts[index])) return false;
  }
  return true;
}

/** Whether each end has received all its peer was to send, and the end of stream. */
export function everyComplete(ends: readonly ExchangeClient[], texts: readonly string[]): boolean {
  return ends.every((end, index) => end.received === texts[index] && end.hasSeenEnd);
}
