import type { Direction } from '../tcp/direction.ts';
import type { Segment } from '../tcp/segment.ts';
import type { Schedule } from '../time/schedule-queue.ts';
/** Who has a share: a connection's direction, or a host that sends datagrams. */
export interface Sharer {
  readonly name: string;
}
/** A segment on its way onto the wire. */
export interface Piece {
  readonly sharer: Sharer;
  readonly sizeBytes: number;
  /** Bytes that its connection has had before it, as the link counts them. */
  readonly tag: number;
  startMs: number;
  endMs: number;
  /** How long it takes from the end of the wire on. */
  travelMs: number;
  /** Whom to tell if it must wait longer than was thought. */
  direction: Direction | null;
  segment: Segment | null;
}
export declare class SharedBandwidth {
  readonly bytesPerSecond: number;
  private readonly schedule;
  /** Called for each segment that must wait longer than was thought. */
  private readonly onLater;
  /** Those that have not begun, in order. */
  private readonly queue;
  /** When the last one that has begun ends. */
  private freeAtMs;
  /** The tag of the last one that has begun. */
  private served;
  /** Where each connection's next tag begins, if that is beyond `served`. */
  private readonly ends;
  constructor(
    schedule: Schedule,
    options: {
      readonly bytesPerSecond: number;
      readonly freeAtMs: number;
    },
    onLater: (piece: Piece) => void,
  );
  /** When everything sent so far has left. */
  get idleAtMs(): number;
  /** Takes a segment: with what waits here from others it goes in turn, and what comes after it waits longer. */
  enqueue(sharer: Sharer, sizeBytes: number): Piece;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  private time;
  /** Notes what has begun in the meantime. */
  private settle;
}
