// A dispatcher whose send takes everything: what the transport does not accept at once waits in a queue.
import { checkBytes, checkDuration, checkOptions } from './arguments.ts';
import { ChunkQueue } from './chunk-queue.ts';
import { type CloseReason, DONE, ENDED } from './close-reason.ts';
import { Dispatcher } from './dispatcher.ts';
import { StateError } from './errors.ts';

/** One write event offers at most this much, as in asyncore, so that one busy channel does not hold up a turn. */
const SEND_SIZE_BYTES = 65536;

export interface CloseWhenDoneOptions {
  /**
   * A lingering close: after the last byte send the end of stream, drop what still arrives until the peer has ended
   * too or this time is over, and only then close. Without it, unread input turns the close into a reset, which can
   * destroy bytes that the peer has not read yet. Default 0: close at once.
   */
  readonly lingerMs?: number;
}

export class DispatcherWithSend extends Dispatcher {
  /** From this many buffered bytes on the channel `isFull`. Nothing is refused: stop making more. */
  highWaterBytes = 262_144;
  /** A full channel has drained when it has this many buffered bytes, or fewer. */
  lowWaterBytes = 65_536;
  private readonly unsentQueue = new ChunkQueue();
  private hasOverflowed = false;
  private isShutdownPending = false;
  private finalReason: CloseReason | null = null;
  private finalLingerMs = 0;

  /** @internal With what waits to be sent, and what is to happen then. */
  override stateText(): string {
    const ending = `${this.isShutdownPending ? 's' : ''}${this.finalReason?.kind ?? ''}${this.finalLingerMs || ''}`;
    return `${super.stateText()} ${this.unsentQueue.stateText()} ${ending}${this.hasOverflowed ? 'f' : ''}`;
  }

  /** Bytes given to `send` that the transport has not accepted. After the channel is closed: those that never left. */
  get bufferedBytes(): number {
    return this.unsentQueue.byteLength;
  }

  /** Whether `highWaterBytes` was reached, and `lowWaterBytes` not since. */
  get isFull(): boolean {
    return this.hasOverflowed;
  }

  /** Whether `closeWhenDone` or `shutdownWrite` was called: `send` would throw. */
  get isEnding(): boolean {
    return this.isShutdownPending || this.finalReason === DONE;
  }

  /** A full channel has drained to its low water mark. */
  handleDrain(): void {}

  /** Takes all of `data`, and returns its length. What cannot go at once is copied, and sent when it can. */
  override send(data: Uint8Array): number {
    checkBytes('data', data);
    if (this.isEnding && !this.closed) throw this.endingError('send');
    if (this.channelState === 'open' && this.isAllSent) {
      const accepted = super.send(data);
      if (accepted < data.length) this.queueCopy(data.subarray(accepted));
    } else if (this.channelState === 'open' || this.channelState === 'connecting') this.queueCopy(data);
    else return super.send(data);
    return data.length;
  }

  /** Sends the end of stream after everything buffered; receiving goes on. Idempotent. */
  override shutdownWrite(): void {
    if (this.channelState === 'open' && this.isAllSent) {
      super.shutdownWrite();
      this.isShutdownPending = true;
    } else if (this.channelState === 'open' || this.channelState === 'connecting') {
      this.isShutdownPending = true;
      this.wantWrite(true);
    } else super.shutdownWrite();
  }

  /**
   * Closes once everything buffered has been sent; `handleClose({ kind: 'done' })` follows, never before this returns.
   * Reading goes on meanwhile. If the connection breaks first, `handleClose` says so, and `bufferedBytes` how much was
   * lost. Before `connect`, and on a listener, it is `close()`. Idempotent; a later `send` throws.
   */
  closeWhenDone(options: CloseWhenDoneOptions = {}): void {
    checkOptions('options', options);
    const { lingerMs = 0 } = options;
    checkDuration('lingerMs', lingerMs);
    if (this.closed || this.finalReason === DONE) return;
    if (this.channelState === 'idle' || this.accepting) {
      this.close();
      return;
    }
    this.finalReason = DONE;
    this.finalLingerMs = lingerMs;
    if (this.channelState === 'open' && this.isAllSent) this.callSoon(this.completeSending);
    else this.wantWrite(true);
  }

  /** Sends what is buffered. An override that wants to do more calls it with `super`. */
  override handleWrite(): void {
    this.initiateSend();
  }

  /** The peer has ended its direction. Default: send what is buffered, then close; `handleClose({ kind: 'end' })` follows. */
  override handleEnd(): void {
    this.finalReason ??= ENDED;
    if (this.isAllSent) this.completeSending();
    else this.wantWrite(true);
  }

  /** One send of at most 64 KiB from what is buffered. */
  protected initiateSend(): void {
    if (this.unsentQueue.byteLength === 0) this.refillQueue();
    if (this.channelState !== 'open') return;
    const chunk = this.unsentQueue.peek(this.sendSizeBytes);
    if (chunk.length > 0) this.unsentQueue.drop(super.send(chunk));
    if (!this.isAllSent) this.wantWrite(true);
    this.noteDrain();
    if (this.isAllSent && this.channelState === 'open') this.completeSending();
  }

  /** How much one write event offers at most. */
  protected get sendSizeBytes(): number {
    return SEND_SIZE_BYTES;
  }

  /** Whether nothing waits to be sent. */
  protected get isAllSent(): boolean {
    return this.unsentQueue.byteLength === 0;
  }

  /** Called when the queue is empty: a subclass with more to send hands it to `queueOwn`. */
  protected refillQueue(): void {}

  protected queueCopy(data: Uint8Array): void {
    this.unsentQueue.append(data);
    this.noteQueued();
  }

  /** Queues `data` itself: it must not change until it was sent. */
  protected queueOwn(data: Uint8Array): void {
    this.unsentQueue.push(data);
    this.noteQueued();
  }

  /** Drops everything buffered, without closing. */
  protected discardOutput(): void {
    this.unsentQueue.clear();
    this.callSoon(this.initiateSend);
  }

  /** To be called when `bufferedBytes` has grown. */
  protected noteQueued(): void {
    if (this.bufferedBytes >= this.highWaterBytes) this.hasOverflowed = true;
    if (!this.isAllSent && !this.wantsWrite) this.wantWrite(true);
  }

  protected endingError(attempt: string): StateError {
    return new StateError(
      'ERR_CHANNEL_ENDING',
      `${attempt} on ${String(this)}: closeWhenDone() or shutdownWrite() was called before; send first, then end`,
    );
  }

  private noteDrain(): void {
    if (!this.hasOverflowed || this.bufferedBytes > this.lowWaterBytes) return;
    this.hasOverflowed = false;
    if (!this.isEnding) this.handleDrain();
  }

  /** Everything was sent: what was to happen then happens now. */
  private completeSending(): void {
    if (this.isShutdownPending && !this.hasShutdownWrite) super.shutdownWrite();
    if (this.finalReason === null) return;
    if (this.finalLingerMs > 0) this.lingerChannel(this.finalReason, this.finalLingerMs);
    else this.finishChannel(this.finalReason);
  }
}
