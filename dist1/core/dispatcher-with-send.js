// A dispatcher whose send takes everything: what the transport does not accept at once waits in a queue.
import { checkBytes, checkDuration } from './arguments.js';
import { ChunkQueue } from './chunk-queue.js';
import { DONE, ENDED } from './close-reason.js';
import { Dispatcher } from './dispatcher.js';
import { StateError } from './errors.js';

/** One write event offers at most this much, as in asyncore, so that one busy channel does not hold up a turn. */
const SEND_SIZE_BYTES = 65536;
export class DispatcherWithSend extends Dispatcher {
  constructor() {
    super(...arguments);
    /** From this many buffered bytes on the channel `isFull`. Nothing is refused: stop making more. */
    this.highWaterBytes = 262_144;
    /** A full channel has drained when it has this many buffered bytes, or fewer. */
    this.lowWaterBytes = 65_536;
    this.unsentQueue = new ChunkQueue();
    this.hasOverflowed = false;
    this.isShutdownPending = false;
    this.finalReason = null;
    this.finalLingerMs = 0;
  }
  /** Bytes given to `send` that the transport has not accepted. After the channel is closed: those that never left. */
  get bufferedBytes() {
    return this.unsentQueue.byteLength;
  }
  /** Whether `highWaterBytes` was reached, and `lowWaterBytes` not since. */
  get isFull() {
    return this.hasOverflowed;
  }
  /** Whether `closeWhenDone` or `shutdownWrite` was called: `send` would throw. */
  get isEnding() {
    return this.isShutdownPending || this.finalReason === DONE;
  }
  /** A full channel has drained to its low water mark. */
  handleDrain() {}
  /** Takes all of `data`, and returns its length. What cannot go at once is copied, and sent when it can. */
  send(data) {
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
  shutdownWrite() {
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
  closeWhenDone(options = {}) {
    const lingerMs = checkDuration('lingerMs', options.lingerMs ?? 0);
    if (this.closed || this.finalReason === DONE) return;
    if (this.channelState === 'idle' || this.accepting) {
      this.close();
      return;
    }
    this.finalReason = DONE;
    this.finalLingerMs = lingerMs;
    if (this.channelState === 'open' && this.isAllSent) this.callSoon(() => this.completeSending());
    else this.wantWrite(true);
  }
  /** Sends what is buffered. An override that wants to do more calls it with `super`. */
  handleWrite() {
    this.initiateSend();
  }
  /** The peer has ended its direction. Default: send what is buffered, then close; `handleClose({ kind: 'end' })` follows. */
  handleEnd() {
    this.finalReason ??= ENDED;
    if (this.isAllSent) this.completeSending();
    else this.wantWrite(true);
  }
  /** One send of at most 64 KiB from what is buffered. */
  initiateSend() {
    if (this.unsentQueue.byteLength === 0) this.refillQueue();
    if (this.channelState !== 'open') return;
    const chunk = this.unsentQueue.peek(this.sendSizeBytes);
    if (chunk.length > 0) this.unsentQueue.drop(super.send(chunk));
    if (!this.isAllSent) this.wantWrite(true);
    this.noteDrain();
    if (this.isAllSent && this.channelState === 'open') this.completeSending();
  }
  /** How much one write event offers at most. */
  get sendSizeBytes() {
    return SEND_SIZE_BYTES;
  }
  /** Whether nothing waits to be sent. */
  get isAllSent() {
    return this.unsentQueue.byteLength === 0;
  }
  /** Called when the queue is empty: a subclass with more to send hands it to `queueOwn`. */
  refillQueue() {}
  queueCopy(data) {
    this.unsentQueue.append(data);
    this.noteQueued();
  }
  /** Queues `data` itself: it must not change until it was sent. */
  queueOwn(data) {
    this.unsentQueue.push(data);
    this.noteQueued();
  }
  /** Drops everything buffered, without closing. */
  discardOutput() {
    this.unsentQueue.clear();
    this.callSoon(() => this.initiateSend());
  }
  /** To be called when `bufferedBytes` has grown. */
  noteQueued() {
    if (this.bufferedBytes >= this.highWaterBytes) this.hasOverflowed = true;
    if (!this.isAllSent && !this.wantsWrite) this.wantWrite(true);
  }
  endingError(attempt) {
    return new StateError(
      'ERR_CHANNEL_ENDING',
      `${attempt} on ${String(this)}: closeWhenDone() or shutdownWrite() was called before; send first, then end`,
    );
  }
  noteDrain() {
    if (!this.hasOverflowed || this.bufferedBytes > this.lowWaterBytes) return;
    this.hasOverflowed = false;
    if (!this.isEnding) this.handleDrain();
  }
  /** Everything was sent: what was to happen then happens now. */
  completeSending() {
    if (this.isShutdownPending && !this.hasShutdownWrite) super.shutdownWrite();
    if (this.finalReason === null) return;
    if (this.finalLingerMs > 0) this.lingerChannel(this.finalReason, this.finalLingerMs);
    else this.finishChannel(this.finalReason);
  }
}
