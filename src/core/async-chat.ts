// asyncore's asynchat: a channel that cuts its input at terminators, and takes its output from a queue of bytes and
// producers. What is collected depends on the byte stream alone, never on how it arrived.
import { checkBytes, checkInteger, show } from './arguments.ts';
import { type CloseReason, reasonFor } from './close-reason.ts';
import { DispatcherWithSend } from './dispatcher-with-send.ts';
import { ArgumentError, StateError, TransportError } from './errors.ts';
import { findBytes, findPrefixAtEnd } from './find-prefix-at-end.ts';
import { type Producer, SimpleProducer } from './simple-producer.ts';
import { isBytes } from './transport.ts';

/**
 * What ends a message: these bytes, or after this many bytes. A count is 0 when it is used up, and has to be set
 * again in `foundTerminator`. Null, 0 and no bytes at all mean "nothing": everything is collected as it comes.
 */
export type Terminator = Uint8Array | number | null;

const EMPTY = new Uint8Array(0);

export class AsyncChat extends DispatcherWithSend {
  /** How much one read event receives at most. */
  acInBufferSize = 65536;
  /** How much one write event sends at most. */
  acOutBufferSize = 65536;
  /**
   * How long a message may be before its terminator, if that is bytes. A longer one ends the channel:
   * `handleClose({ kind: 'failed' })` with EMSGSIZE. Default: no limit, as in asynchat.
   */
  maxBufferedBytes = Number.POSITIVE_INFINITY;
  /** What `_collectIncomingData` has put aside. */
  incoming: Uint8Array[] = [];

  private activeTerminator: Terminator = null;
  /** Received and not yet collected: while it is not scanned, at most the beginning of a terminator. */
  private heldInput: Uint8Array = EMPTY;
  private isScanning = false;
  private collectedBytes = 0;
  /** From the first producer not yet used up on. What was pushed before it stands in the queue of DispatcherWithSend. */
  private laterOutput: (Uint8Array | Producer)[] = [];
  private laterOutputBytes = 0;

  /** @internal With what was received and not yet collected, and what is to be sent later; of a producer of one's own only that it is there. */
  override stateText(): string {
    const { activeTerminator, heldInput, collectedBytes, incoming, laterOutput } = this;
    const input = `${activeTerminator}:${heldInput}:${collectedBytes}:${incoming.join('|')}`;
    const output = laterOutput.map((item) => (item instanceof SimpleProducer ? item.stateText() : `${item}`));
    return `${super.stateText()} ${input} ${output.join('|')}`;
  }

  // ---- what a program overrides ----

  /** Bytes of the message that is arriving: not empty, without any of the terminator, and the program's to keep. */
  collectIncomingData(_data: Uint8Array): void {
    throw notImplemented('collectIncomingData(data)', this);
  }

  /** The message is complete. */
  foundTerminator(): void {
    throw notImplemented('foundTerminator()', this);
  }

  // ---- what a program calls ----

  /** Sets what ends a message, from the next byte not yet collected on. A string stands for its UTF-8 bytes. */
  setTerminator(terminator: Terminator | string): void {
    this.activeTerminator = checkTerminator(terminator);
    if (this.heldInput.length > 0 && !this.isScanning) this.callSoon(this.scanInput);
  }

  /** The terminator; of a count, what remains. */
  getTerminator(): Terminator {
    return this.activeTerminator;
  }

  /** Queues a copy of `data` behind what was pushed before, and sends what can go at once. */
  push(data: Uint8Array): void {
    this.send(data);
  }

  /** Before `connect` bytes are queued, as in asynchat. */
  override send(data: Uint8Array): number {
    checkBytes('data', data);
    if (this.laterOutput.length === 0 && this.channelState !== 'idle') return super.send(data);
    if (this.closed) return super.send(data);
    if (this.isEnding) throw this.endingError('push');
    this.addLater(data.slice());
    return data.length;
  }

  /** Queues a producer behind what was pushed before; bytes count as one. `more` is called from the loop only. */
  pushWithProducer(producer: Producer | Uint8Array): void {
    if (producer instanceof Uint8Array) {
      this.push(producer);
      return;
    }
    if (typeof producer?.more !== 'function') {
      throw new ArgumentError(
        'ERR_INVALID_ARG_TYPE',
        `producer must have a method more(), got ${show(producer)}`,
      );
    }
    if (this.closed || this.accepting) super.send(EMPTY);
    if (this.isEnding) throw this.endingError('pushWithProducer');
    this.addLater(producer);
  }

  /** Forgets what was received and not yet collected, what was put aside, and everything queued; not the terminator. */
  discardBuffers(): void {
    this.heldInput = EMPTY;
    this.incoming = [];
    this.laterOutput = [];
    this.laterOutputBytes = 0;
    this.discardOutput();
  }

  override get bufferedBytes(): number {
    return super.bufferedBytes + this.laterOutputBytes;
  }

  /** For `collectIncomingData`: puts `data` aside. */
  protected _collectIncomingData(data: Uint8Array): void {
    this.incoming.push(data);
  }

  /** For `foundTerminator`: what was put aside, in one piece, which is then forgotten. */
  protected _getData(): Uint8Array {
    const { incoming } = this;
    this.incoming = [];
    return incoming.length === 1 ? incoming[0] : concatenate(incoming);
  }

  // ---- handlers ----

  override handleRead(): void {
    this.checkSizes();
    const received = this.recv(this.acInBufferSize);
    if (!isBytes(received)) return;
    // The one copy: a program may keep what it collects, and the transport's view ends with this handler.
    this.heldInput = this.heldInput.length === 0 ? received.slice() : concatenate([this.heldInput, received]);
    this.scanInput();
  }

  /** What was held back, as it might have begun a terminator, is collected; then as in DispatcherWithSend. */
  override handleEnd(): void {
    if (this.heldInput.length > 0) this.collectInput(this.heldInput.length);
    if (!this.closed) super.handleEnd();
  }

  /** Nothing is logged, as in asynchat. */
  override handleClose(_reason: CloseReason): void {}

  protected override get sendSizeBytes(): number {
    return checkInteger('acOutBufferSize', this.acOutBufferSize, 1);
  }

  protected override get isAllSent(): boolean {
    return this.laterOutput.length === 0 && super.isAllSent;
  }

  /** Moves what comes next to the queue: all bytes up to a producer, or one chunk of that producer. */
  protected override refillQueue(): void {
    while (this.laterOutput.length > 0 && !this.closed) {
      const [next] = this.laterOutput;
      if (next instanceof Uint8Array) {
        this.laterOutput.shift();
        this.laterOutputBytes -= next.length;
        this.queueOwn(next);
      } else {
        if (super.bufferedBytes > 0) return;
        const chunk = next.more();
        if (this.laterOutput[0] !== next) continue;
        if (chunk !== null && checkBytes('what more() returned', chunk).length > 0) this.queueOwn(chunk);
        else this.laterOutput.shift();
      }
    }
  }

  /** They are the program's fields, and with a size of nothing it would receive nothing, again and again. */
  private checkSizes(): void {
    checkInteger('acInBufferSize', this.acInBufferSize, 1);
    if (!(this.maxBufferedBytes > 0)) {
      throw new ArgumentError(
        'ERR_OUT_OF_RANGE',
        `maxBufferedBytes must be more than 0, got ${show(this.maxBufferedBytes)}`,
      );
    }
  }

  private addLater(item: Uint8Array | Producer): void {
    this.laterOutput.push(item);
    if (item instanceof Uint8Array) this.laterOutputBytes += item.length;
    this.noteQueued();
  }

  private scanInput(): void {
    if (this.isScanning) return;
    this.isScanning = true;
    try {
      while (this.heldInput.length > 0 && !this.closed) if (!this.scanInputOnce()) break;
    } finally {
      this.isScanning = false;
    }
  }

  /** Collects up to the next terminator, or all there is. False: what is held may begin a terminator. */
  private scanInputOnce(): boolean {
    const { activeTerminator: terminator, heldInput: held } = this;
    if (terminator === null || terminator === 0) {
      this.collectInput(held.length);
    } else if (typeof terminator === 'number') {
      const size = Math.min(terminator, held.length);
      this.activeTerminator = terminator - size;
      this.collectInput(size);
      if (size === terminator) this.endOfMessage(0);
    } else {
      const index = findBytes(held, terminator);
      if (index < 0) {
        const size = held.length - findPrefixAtEnd(held, terminator);
        if (size > 0) this.collectInput(size);
        return this.activeTerminator !== terminator;
      }
      if (index > 0) this.collectInput(index);
      this.endOfMessage(terminator.length);
    }
    return true;
  }

  private endOfMessage(terminatorSize: number): void {
    if (this.closed) return;
    this.heldInput = this.heldInput.subarray(terminatorSize);
    this.collectedBytes = 0;
    this.foundTerminator();
  }

  /** Hands the first `size` bytes held to the program, or as many as a message may have. */
  private collectInput(size: number): void {
    const { heldInput: held } = this;
    const allowed =
      this.activeTerminator instanceof Uint8Array ? this.maxBufferedBytes - this.collectedBytes : size;
    const taken = Math.min(size, allowed);
    this.heldInput = held.subarray(taken);
    this.collectedBytes += taken;
    if (taken > 0) this.collectIncomingData(held.subarray(0, taken));
    if (taken < size && !this.closed) this.finishChannel(reasonFor(this.tooLongError()));
  }

  private tooLongError(): TransportError {
    const detail = `no terminator within ${this.maxBufferedBytes} bytes, the channel's maxBufferedBytes`;
    return new TransportError('EMSGSIZE', { syscall: 'recv' }, detail);
  }
}

function checkTerminator(terminator: unknown): Terminator {
  if (terminator === null) return null;
  if (typeof terminator === 'number') return checkInteger('terminator', terminator, 0);
  const bytes = typeof terminator === 'string' ? new TextEncoder().encode(terminator) : terminator;
  if (!(bytes instanceof Uint8Array)) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `terminator must be bytes, a string, a whole number of bytes or null, got ${show(terminator)}`,
    );
  }
  return bytes.length === 0 ? null : bytes.slice();
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function notImplemented(method: string, chat: AsyncChat): StateError {
  return new StateError('ERR_METHOD_NOT_IMPLEMENTED', `${String(chat)} received data: override ${method}`);
}
