import { type CloseReason, Dispatcher, isBytes, type Reactor } from '../../core/index.ts';

/**
 * A client as scenarios need it: sends a payload, ends its direction, and reads until the end of stream. It notes what
 * it saw, and nothing else decides how it behaves.
 */
export class ExchangeClient extends Dispatcher {
  readonly payload: Uint8Array;
  received = '';
  hasConnected = false;
  hasSeenEnd = false;
  closeReason: CloseReason | null = null;
  private sentBytes = 0;
  private readonly readSizeBytes: number;
  private calls = '';

  constructor(reactor: Reactor, payload: Uint8Array, readSizeBytes = 65536) {
    super(reactor);
    this.payload = payload;
    this.readSizeBytes = readSizeBytes;
  }

  override handleConnect(): void {
    if (this.hasConnected || this.calls !== '') this.calls += '!connect';
    this.hasConnected = true;
    this.sendMore();
  }

  override handleWrite(): void {
    this.expectAlive('write');
    this.sendMore();
  }

  override handleRead(): void {
    this.expectAlive('read');
    const data = this.recv(this.readSizeBytes);
    if (isBytes(data)) this.received += String.fromCharCode(...data);
  }

  override handleEnd(): void {
    this.expectAlive('end');
    this.hasSeenEnd = true;
    this.close();
  }

  override handleClose(reason: CloseReason): void {
    if (this.closeReason !== null) this.calls += '!close';
    this.closeReason = reason;
  }

  /** What happened that must not: a handler before connect, after close, or twice. */
  get violations(): string {
    return this.calls;
  }

  fingerprint(): string {
    return `${this.sentBytes} ${this.received} ${this.hasSeenEnd ? 'e' : ''}${this.closeReason?.kind ?? ''}${this.calls}`;
  }

  private sendMore(): void {
    const { payload } = this;
    if (this.sentBytes < payload.length)
      this.sentBytes += this.send(this.sentBytes === 0 ? payload : payload.subarray(this.sentBytes));
    if (this.sentBytes === payload.length) this.shutdownWrite();
  }

  private expectAlive(handler: string): void {
    if (!this.hasConnected || this.closed || this.hasSeenEnd) this.calls += `!${handler}`;
  }
}

/** Payloads that tell connections and positions apart: `abc…` for the first connection, `ABC…` for the second. */
export function payloadFor(connection: number, bytes: number): Uint8Array {
  const base = [0x61, 0x41, 0x30, 0x21][connection % 4];
  return Uint8Array.from({ length: bytes }, (_, index) => base + (index % 26));
}

export function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
