import type { Host } from '../host.ts';
import type { Network } from '../network.ts';
import { type Buffers } from './buffers.ts';
import type { Direction } from './direction.ts';
import { type Segment } from './segment.ts';
/** What a segment says of the opposite direction. */
export interface Receipt {
  /** The stream position up to which everything has come. */
  readonly acknowledged: number;
  /** The stream position up to which there is room. */
  readonly edge: number;
}
/** Gives both directions of a connection flow control of their own, if one of its hosts asks for that. */
export declare function separateBuffers(out: Direction, back: Direction, origin: Host, target: Host): void;
/** Gives both directions of a connection these buffers from now on: `near` where `out` begins, `far` where it ends. */
export declare function setBuffers(out: Direction, back: Direction, near: Buffers, far: Buffers): void;
export declare class Flow {
  /** The stream position up to which everything was transmitted. */
  sent: number;
  private readonly direction;
  private readonly network;
  private sendBytes;
  private receiveBytes;
  private isSendTuned;
  private isReceiveTuned;
  /** As the sender knows it. */
  private acknowledged;
  private edge;
  /** As the receiver last said it. */
  private told;
  /** Nagle's algorithm (RFC 1122 section 4.2.3.4): off, as dispatchers' sockets have it. */
  private hasNagle;
  private isEndDue;
  /** The receiver answers with data of its own: its acknowledgements wait for that (Linux: pingpong mode). */
  private isInteractive;
  private delayed;
  private delayedUntilMs;
  constructor(direction: Direction, network: Network);
  /** What was announced stays so. */
  resize(sender: Buffers, receiver: Buffers): void;
  /** Bytes that the sender may still write. */
  get space(): number;
  /** Whether bytes wait for the receiver to announce room. */
  get isLimited(): boolean;
  /** Whether something is still to be transmitted. */
  get isPending(): boolean;
  setNoDelay(isOn: boolean): void;
  /** Sends what may be sent. */
  transmit(): void;
  /** The end of stream follows when all bytes were transmitted. */
  end(): void;
  /** What was not transmitted is gone: the sender aborts. */
  abandon(): void;
  /** What was not delivered is gone. */
  drop(): void;
  /** Bytes were delivered: the receiver acknowledges them now, or a little later. */
  onDelivered(): void;
  /** The program has received bytes: says so once it is worth a segment (Linux: tcp_cleanup_rbuf). */
  onRead(): void;
  /** What a segment that the receiver sends now says. `isData`: it is an answer. */
  receipt(isData: boolean): Receipt;
  /** A receipt has arrived at the sender. */
  onReceipt({ acknowledged, edge }: Receipt): void;
  /** @internal Its state as text, for merging equal states: positions count from what was read. */
  stateText(): string;
  /** @internal What a segment of the opposite direction says, as text. */
  receiptText({ receipt }: Segment): string;
  /** The small segment at the end waits while something is not acknowledged. */
  private heldBack;
  /** The room to announce: none rather than a little (RFC 9293 section 3.8.6.2.2). */
  private room;
  private acknowledge;
  private cancelDelayed;
}
