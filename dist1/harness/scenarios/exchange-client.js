import { Dispatcher, isBytes } from '../../core/index.js';
/**
 * One end of an exchange: sends a payload, ends its direction, and reads until the end of stream. It notes what it saw,
 * and nothing else decides how it behaves.
 */
export class ExchangeClient extends Dispatcher {
  /** With an endpoint it is the accepted side. */
  constructor(reactor, options, endpoint = null) {
    super(reactor, endpoint);
    this.received = '';
    this.hasConnected = false;
    this.hasSeenEnd = false;
    this.closeReason = null;
    this.sentBytes = 0;
    this.calls = '';
    /** A text that the first so many characters received are known to begin. */
    this.knownText = '';
    this.knownLength = 0;
    this.options = options;
    this.readSizeBytes = options.readSizeBytes ?? 65536;
    if (endpoint === null) return;
    this.hasConnected = true;
    if (options.answersAtEnd === true) this.wantWrite(false);
  }
  handleConnect() {
    if (this.hasConnected || this.calls !== '') this.calls += '!connect';
    this.hasConnected = true;
    if (this.options.answersAtEnd === true) this.wantWrite(false);
    else this.sendMore();
  }
  handleWrite() {
    this.expectAlive('write');
    this.sendMore();
  }
  handleRead() {
    this.expectAlive('read');
    const data = this.recv(this.readSizeBytes);
    if (isBytes(data))
      for (let index = 0; index < data.length; index += 1) this.received += String.fromCharCode(data[index]);
  }
  handleEnd() {
    this.expectAlive('end');
    this.hasSeenEnd = true;
    if (this.options.answersAtEnd === true) this.sendMore();
    else if (this.hasSentAll) this.close();
  }
  handleClose(reason) {
    if (this.closeReason !== null) this.calls += '!close';
    this.closeReason = reason;
  }
  /** What happened that must not: a handler before connect, after close, or twice. */
  get violations() {
    return this.calls;
  }
  /** Whether what it received is a prefix of `text`. It is asked after every step, and looks only at what has come since. */
  receivedPrefixOf(text) {
    const { received } = this;
    const from = text === this.knownText ? this.knownLength : 0;
    if (from === received.length) return true;
    if (!text.startsWith(from === 0 ? received : received.slice(from), from)) return false;
    this.knownText = text;
    this.knownLength = received.length;
    return true;
  }
  fingerprint() {
    return `${this.sentBytes} ${this.received} ${this.hasSeenEnd ? 'e' : ''}${this.closeReason?.kind ?? ''}${this.calls}`;
  }
  get hasSentAll() {
    return this.sentBytes === this.options.payload.length;
  }
  sendMore() {
    const { payload } = this.options;
    if (this.sentBytes < payload.length) {
      this.sentBytes += this.send(this.sentBytes === 0 ? payload : payload.subarray(this.sentBytes));
    }
    if (!this.hasSentAll) return;
    this.shutdownWrite();
    if (this.hasSeenEnd) this.close();
  }
  expectAlive(handler) {
    if (!this.hasConnected || this.closed || this.closeReason !== null) this.calls += `!${handler}`;
  }
}
/** Payloads that tell connections and positions apart: `abc…`, `ABC…`, `012…`, `!"#…`. */
export function payloadFor(connection, bytes) {
  const base = [0x61, 0x41, 0x30, 0x21][connection % 4];
  return Uint8Array.from({ length: bytes }, (_, index) => base + (index % 26));
}
export function textOf(bytes) {
  return String.fromCharCode(...bytes);
}
/** Whether what each end received is a prefix of what its peer was to send. */
export function everyPrefix(ends, texts) {
  for (let index = 0; index < ends.length; index += 1) {
    if (!ends[index].receivedPrefixOf(texts[index])) return false;
  }
  return true;
}
/** Whether each end has received all its peer was to send, and the end of stream. */
export function everyComplete(ends, texts) {
  return ends.every((end, index) => end.received === texts[index] && end.hasSeenEnd);
}
