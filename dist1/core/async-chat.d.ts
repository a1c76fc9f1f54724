import { type CloseReason } from './close-reason.ts';
import { DispatcherWithSend } from './dispatcher-with-send.ts';
import type { Producer } from './simple-producer.ts';
/**
 * What ends a message: these bytes, or after this many bytes. A count is 0 when it is used up, and has to be set
 * again in `foundTerminator`. Null, 0 and no bytes at all mean "nothing": everything is collected as it comes.
 */
export type Terminator = Uint8Array | number | null;
export declare class AsyncChat extends DispatcherWithSend {
  /** How much one read event receives at most. */
  acInBufferSize: number;
  /** How much one write event sends at most. */
  acOutBufferSize: number;
  /**
   * How long a message may be before its terminator, if that is bytes. A longer one ends the channel:
   * `handleClose({ kind: 'failed' })` with EMSGSIZE. Default: no limit, as in asynchat.
   */
  maxBufferedBytes: number;
  /** What `_collectIncomingData` has put aside. */
  incoming: Uint8Array[];
  private activeTerminator;
  /** Received and not yet collected: while it is not scanned, at most the beginning of a terminator. */
  private heldInput;
  private isScanning;
  private collectedBytes;
  /** From the first producer not yet used up on. What was pushed before it stands in the queue of DispatcherWithSend. */
  private laterOutput;
  private laterOutputBytes;
  /** Bytes of the message that is arriving: not empty, without any of the terminator, and the program's to keep. */
  collectIncomingData(_data: Uint8Array): void;
  /** The message is complete. */
  foundTerminator(): void;
  /** Sets what ends a message, from the next byte not yet collected on. A string stands for its UTF-8 bytes. */
  setTerminator(terminator: Terminator | string): void;
  /** The terminator; of a count, what remains. */
  getTerminator(): Terminator;
  /** Queues a copy of `data` behind what was pushed before, and sends what can go at once. */
  push(data: Uint8Array): void;
  /** Before `connect` bytes are queued, as in asynchat. */
  send(data: Uint8Array): number;
  /** Queues a producer behind what was pushed before; bytes count as one. `more` is called from the loop only. */
  pushWithProducer(producer: Producer | Uint8Array): void;
  /** Forgets what was received and not yet collected, what was put aside, and everything queued; not the terminator. */
  discardBuffers(): void;
  get bufferedBytes(): number;
  /** For `collectIncomingData`: puts `data` aside. */
  protected _collectIncomingData(data: Uint8Array): void;
  /** For `foundTerminator`: what was put aside, in one piece, which is then forgotten. */
  protected _getData(): Uint8Array;
  handleRead(): void;
  /** What was held back, as it might have begun a terminator, is collected; then as in DispatcherWithSend. */
  handleEnd(): void;
  /** Nothing is logged, as in asynchat. */
  handleClose(_reason: CloseReason): void;
  protected get sendSizeBytes(): number;
  protected get isAllSent(): boolean;
  /** Moves what comes next to the queue: all bytes up to a producer, or one chunk of that producer. */
  protected refillQueue(): void;
  private addLater;
  private scanInput;
  /** Collects up to the next terminator, or all there is. False: what is held may begin a terminator. */
  private scanInputOnce;
  private endOfMessage;
  /** Hands the first `size` bytes held to the program, or as many as a message may have. */
  private collectInput;
  private tooLongError;
}
