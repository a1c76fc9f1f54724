import type { Link } from '../link/link.ts';
import type { Footprint } from '../search/footprint.ts';
import { Event, type Group } from '../time/schedule-queue.ts';
import type { Connection } from './connection.ts';
import type { SimEndpoint } from './endpoint.ts';
import type { Flow } from './flow.ts';
import { type Segment, type SegmentKind } from './segment.ts';
import { StreamBuffer } from './stream-buffer.ts';
export declare class Direction extends Event {
  readonly connection: Connection;
  readonly sender: SimEndpoint;
  readonly receiver: SimEndpoint;
  readonly link: Link;
  readonly buffer: StreamBuffer;
  /** Set where the ends keep buffers of their own. */
  flow: Flow | null;
  /** Whether the sender waits for the receiver to read. */
  isBlocked: boolean;
  /** Whether the receiver's host has not yet looked at what was delivered last. */
  isDirty: boolean;
  /** @internal Whether what was delivered cannot be acknowledged at present. */
  isUnacknowledged: boolean;
  /** What is in flight, in order. Linked: nearly always there is one, and an array costs more than it. */
  private first;
  private last;
  private lastAtMs;
  constructor(connection: Connection, sender: SimEndpoint, receiver: SimEndpoint, link: Link);
  /** Bytes that the receiver could receive now. */
  get unread(): number;
  get isIdle(): boolean;
  /** The end of stream follows what was written. */
  end(): void;
  /** The receiver has read: the sender is told, in the opposite direction, that it may send again. */
  openWindow(isBroken: boolean): void;
  /** The flow of the opposite direction, if this one has one: what is sent this way acknowledges what came that way. */
  get opposite(): Flow | null;
  /** Whether bytes have not arrived, or not been acknowledged. */
  get isUnanswered(): boolean;
  /** When the last segment sent arrives, or has arrived. */
  get lastArrivalMs(): number;
  /** Whether its sender has given it up: a reset is on its way, and nothing is sent again. */
  get isAborted(): boolean;
  /** Sends a segment: it arrives after the link's latency, and after everything sent before. */
  send(kind: SegmentKind, end?: number, code?: string): void;
  /** What is in flight is gone. Returns how many bytes that was. */
  drop(): number;
  /** Its sender has lost power: what has left arrives, and nothing is sent again. */
  orphan(): void;
  /** What is in flight is gone, but for a reset: nothing overtakes or removes that. */
  dropButReset(): void;
  fire(): void;
  isSpokenFor(): boolean;
  /**
   * Delivers what follows in flight at once, as far as decided: the receiver sees it together with what it has. `seesReset`: to it,
   * a reset that comes together with bytes is not the same as one that comes after them.
   */
  coalesce(seesReset: boolean): void;
  footprint(): Footprint;
  get group(): Group;
  describe(): string;
  /** The next segment without where: `data "abc"`, `the end of stream (fin)`. */
  describeNext(): string;
  /** The next segment as it arrives together with what has not been received. */
  private describeJoined;
  get name(): string;
  /** @internal Its state as text, for merging equal states: times count from now, positions from what was read. */
  stateText(): string;
  toString(): string;
  /** What the link held goes on. */
  resume(): void;
  /** @internal The first segment arrives so much later than now, and what follows not before it. */
  postpone(segment: Segment, delayMs: number): void;
  /** @internal The first segment, which was lost, arrives then; what follows waits for it, but does not travel later. */
  resend(segment: Segment, atMs: number): void;
  /** @internal Others go before a segment that has not left yet: it arrives later than was thought. */
  retime(segment: Segment, atMs: number): void;
  /** @internal Takes the first segment out. */
  remove(): void;
  /** What arrives in one burst is there before the program looks. */
  private fireBurst;
  private placeNext;
  private append;
  /** Takes the first segment out. */
  private shift;
  private deliver;
  private deliverData;
  /** How the next `size` bytes are split, of which `now` arrive at once. */
  private describeSplit;
  private push;
  /** What a segment sent now tells. A receipt that was lost holds nothing up: this one tells as much, and is sent again if it is lost. */
  private writeReceipt;
  /** Over a link that draws delays or has a bandwidth: data goes in pieces of the size of a segment there. */
  private sendShaped;
}
