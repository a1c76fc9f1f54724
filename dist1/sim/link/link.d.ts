import type { Host } from '../host.ts';
import type { Network } from '../network.ts';
import type { Connection } from '../tcp/connection.ts';
import type { Direction } from '../tcp/direction.ts';
import { type Latency } from './latency.ts';
import { type LossOptions } from './loss-plan.ts';
import { type Piece, type Sharer } from './shared-bandwidth.ts';
export declare class Link {
  readonly from: string;
  readonly to: string;
  /** Milliseconds a segment takes at least, 0 or more. */
  latencyMs: number;
  /** @internal Whether an arriving segment may pass at once; otherwise the link says what becomes of it. */
  isOpen: boolean;
  /** @internal Whether only latency decides when a segment arrives. */
  isPlain: boolean;
  /** @internal Connection attempts that are still to be refused. */
  refusals: number;
  /** @internal What a router says of what is lost here, if anything. */
  rejection: string | null;
  /** @internal Bytes that may pass until somebody is told. */
  bytesToWatch: number;
  private readonly network;
  private readonly target;
  private jitterMs;
  private shared;
  /** @internal It delivers at multiples of this time only; 0: at any time. */
  burstMs: number;
  private loss;
  private cuts;
  /** @internal Whether connections made this way may break while they are idle. */
  losesIdle: boolean;
  private isPartitioned;
  private isHeld;
  private wasSilent;
  private losses;
  private parked;
  private byteWatches;
  private bytesPassed;
  private connectWatches;
  private connects;
  constructor(network: Network, from: string, target: Host, latencyMs: number);
  /** Delays every segment sent from now on by a whole number of milliseconds; the draw is a decision, 0 is the least. */
  latency(options: Latency): this;
  /** Lets so many bytes a second pass, from now on, shared fairly by its connections. Infinity: any number. */
  bandwidth(options: { readonly bytesPerSecond: number }): this;
  /**
   * Delivers in bursts: what is sent from now on waits for the next multiple of `everyMs` (in virtual time), and what a connection has
   * sent until then its receiver finds all at once. 0: at any time.
   */
  burst(options: { readonly everyMs: number }): this;
  /** Lets nothing pass, also not what is in flight. Senders send again, ever more rarely, until repair or ETIMEDOUT. */
  partition(): this;
  /**
   * Lets nothing pass, and a router says so to whoever connects: EHOSTUNREACH or ENETUNREACH. An open connection sends again
   * as in a partition, and reports that code when it gives up (RFC 1122 section 4.2.3.9, tcp(7) on soft errors).
   */
  unreachable(code?: 'EHOSTUNREACH' | 'ENETUNREACH'): this;
  /** Lets everything pass again. What was lost arrives when its sender sends it again. */
  repair(): this;
  /**
   * Lets it be cut whenever a segment arrives, this way for a second or half a minute or both ways for half a minute, twice a run
   * at most, if the family `partition` may deviate.
   */
  mayPartition(): this;
  /**
   * Lets connections made this way from now on break while nobody sends, by a reset or by a close for both ends, two in a run at
   * most, if the family `idle` may deviate.
   */
  mayBreakIdle(): this;
  /** Keeps what arrives from now on, also what is in flight, until `release`. Nothing is lost, and nobody gives up. */
  hold(): this;
  /** Delivers at once, in order, what was held, and holds no more. */
  release(): this;
  /** Loses the next `count` segments: each arrives late, and what follows on its connection waits for it. */
  loseNext(count: number): this;
  /**
   * Loses some of the segments that arrive from now on, also those that are sent again: `{ every: 7 }` each seventh, `{ rate: 0.05 }` by
   * chance, by one of 16 patterns of which a schedule draws one. Null: none.
   */
  lose(options: LossOptions | null): this;
  /** Refuses the next `count` connection attempts that arrive. */
  refuseNext(count: number): this;
  /** Resets the connection that carries the `bytes`-th byte delivered from now on, right behind that byte. */
  cutAfter(options: { readonly bytes: number }): this;
  /** Calls `action` once, right after so many more bytes have been delivered, with the connection that carried the last. */
  afterBytes(bytes: number, action: (connection: Connection) => void): this;
  /** Calls `action` with the `index`-th connection made over this link from now on, counted from 0, as it is made. */
  onConnection(index: number, action: (connection: Connection) => void): this;
  /** Calls `action` with this link at a time of the run, in virtual milliseconds. */
  at(atMs: number, action: (link: this) => void): this;
  /** @internal Takes a segment of bytes on its way, if the link has a bandwidth. */
  enqueue(sharer: Sharer, sizeBytes: number): Piece | null;
  /** @internal When a segment sent now arrives. */
  arrivalMs(piece: Piece | null): number;
  /** @internal How many bytes one segment carries at most. */
  get segmentBytesMax(): number;
  /** @internal A segment has arrived at a link that is not open: `pass`, `lost`, or `held`, and then kept here. */
  judge(direction: Direction): 'pass' | 'lost' | 'held';
  /** @internal Whether it can be cut by decision. */
  get mayBeCut(): boolean;
  /** @internal Whether everything is lost here at the moment. */
  get isSilent(): boolean;
  /** @internal Bytes have been delivered, no more than `bytesToWatch`. */
  notePassed(sizeBytes: number, connection: Connection): void;
  /** @internal A connection is being made over this link. */
  noteConnect(connection: Connection): void;
  /** @internal Its state as text, for merging equal states; empty for a link that nobody has touched. */
  stateText(): string;
  /** @internal What decides whether segments pass has changed. */
  reopen(kind?: string, detail?: string): this;
  toString(): string;
  private arrivalOf;
  private inBursts;
  private reshape;
  private notePlan;
}
