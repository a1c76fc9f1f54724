import { Dispatcher } from './dispatcher.ts';
import { StateError } from './errors.ts';
export interface CloseWhenDoneOptions {
  /**
   * A lingering close: after the last byte send the end of stream, drop what still arrives until the peer has ended
   * too or this time is over, and only then close. Without it, unread input turns the close into a reset, which can
   * destroy bytes that the peer has not read yet. Default 0: close at once.
   */
  readonly lingerMs?: number;
}
export declare class DispatcherWithSend extends Dispatcher {
  /** From this many buffered bytes on the channel `isFull`. Nothing is refused: stop making more. */
  highWaterBytes: number;
  /** A full channel has drained when it has this many buffered bytes, or fewer. */
  lowWaterBytes: number;
  private readonly unsentQueue;
  private hasOverflowed;
  private isShutdownPending;
  private finalReason;
  private finalLingerMs;
  /** Bytes given to `send` that the transport has not accepted. After the channel is closed: those that never left. */
  get bufferedBytes(): number;
  /** Whether `highWaterBytes` was reached, and `lowWaterBytes` not since. */
  get isFull(): boolean;
  /** Whether `closeWhenDone` or `shutdownWrite` was called: `send` would throw. */
  get isEnding(): boolean;
  /** A full channel has drained to its low water mark. */
  handleDrain(): void;
  /** Takes all of `data`, and returns its length. What cannot go at once is copied, and sent when it can. */
  send(data: Uint8Array): number;
  /** Sends the end of stream after everything buffered; receiving goes on. Idempotent. */
  shutdownWrite(): void;
  /**
   * Closes once everything buffered has been sent; `handleClose({ kind: 'done' })` follows, never before this returns.
   * Reading goes on meanwhile. If the connection breaks first, `handleClose` says so, and `bufferedBytes` how much was
   * lost. Before `connect`, and on a listener, it is `close()`. Idempotent; a later `send` throws.
   */
  closeWhenDone(options?: CloseWhenDoneOptions): void;
  /** Sends what is buffered. An override that wants to do more calls it with `super`. */
  handleWrite(): void;
  /** The peer has ended its direction. Default: send what is buffered, then close; `handleClose({ kind: 'end' })` follows. */
  handleEnd(): void;
  /** One send of at most 64 KiB from what is buffered. */
  protected initiateSend(): void;
  /** How much one write event offers at most. */
  protected get sendSizeBytes(): number;
  /** Whether nothing waits to be sent. */
  protected get isAllSent(): boolean;
  /** Called when the queue is empty: a subclass with more to send hands it to `queueOwn`. */
  protected refillQueue(): void;
  protected queueCopy(data: Uint8Array): void;
  /** Queues `data` itself: it must not change until it was sent. */
  protected queueOwn(data: Uint8Array): void;
  /** Drops everything buffered, without closing. */
  protected discardOutput(): void;
  /** To be called when `bufferedBytes` has grown. */
  protected noteQueued(): void;
  protected endingError(attempt: string): StateError;
  private noteDrain;
  /** Everything was sent: what was to happen then happens now. */
  private completeSending;
}
