// How the connections of a link share its bandwidth: one segment at a time, and the next is that of whoever has had least
// (start-time fair queueing, Goyal, Vin and Cheng 1996; for the problem, RFC 970). A connection that is alone has it all.
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

export class SharedBandwidth {
  readonly bytesPerSecond: number;
  private readonly schedule: Schedule;
  /** Called for each segment that must wait longer than was thought. */
  private readonly onLater: (piece: Piece) => void;
  /** Those that have not begun, in order. */
  private readonly queue: Piece[] = [];
  /** When the last one that has begun ends. */
  private freeAtMs: number;
  /** The tag of the last one that has begun. */
  private served = 0;
  /** Where each connection's next tag begins, if that is beyond `served`. */
  private readonly ends = new Map<Sharer, number>();

  constructor(
    schedule: Schedule,
    options: { readonly bytesPerSecond: number; readonly freeAtMs: number },
    onLater: (piece: Piece) => void,
  ) {
    this.schedule = schedule;
    this.bytesPerSecond = options.bytesPerSecond;
    this.freeAtMs = options.freeAtMs;
    this.onLater = onLater;
  }

  /** When everything sent so far has left. */
  get idleAtMs(): number {
    return this.queue.at(-1)?.endMs ?? this.freeAtMs;
  }

  /** Takes a segment: with what waits here from others it goes in turn, and what comes after it waits longer. */
  enqueue(sharer: Sharer, sizeBytes: number): Piece {
    this.settle();
    const { queue, ends } = this;
    const tag = Math.max(this.served, ends.get(sharer) ?? 0);
    ends.set(sharer, tag + sizeBytes);
    const piece: Piece = {
      sharer,
      sizeBytes,
      tag,
      startMs: 0,
      endMs: 0,
      travelMs: 0,
      direction: null,
      segment: null,
    };
    let index = queue.length;
    while (index > 0 && queue[index - 1].tag > tag) index -= 1;
    queue.splice(index, 0, piece);
    for (; index < queue.length; index += 1) this.time(index);
    return piece;
  }

  /** @internal Its state as text, for merging equal states. */
  stateText(): string {
    this.settle();
    const { nowMs } = this.schedule;
    let text = `${this.bytesPerSecond},${Math.max(0, this.freeAtMs - nowMs)}`;
    for (const { sharer, sizeBytes, tag } of this.queue)
      text += `;${sharer.name}:${sizeBytes}@${tag - this.served}`;
    for (const [sharer, end] of this.ends)
      if (end > this.served) text += `;${sharer.name}-${end - this.served}`;
    return text;
  }

  private time(index: number): void {
    const piece = this.queue[index];
    piece.startMs = index === 0 ? Math.max(this.freeAtMs, this.schedule.nowMs) : this.queue[index - 1].endMs;
    piece.endMs = piece.startMs + (piece.sizeBytes * 1000) / this.bytesPerSecond;
    if (piece.segment !== null) this.onLater(piece);
  }

  /** Notes what has begun in the meantime. */
  private settle(): void {
    const { queue, ends } = this;
    const { nowMs } = this.schedule;
    while (queue.length > 0 && queue[0].startMs <= nowMs) {
      const { endMs, tag } = queue.shift()!;
      this.freeAtMs = endMs;
      this.served = tag;
    }
    if (queue.length === 0 && this.freeAtMs <= nowMs) {
      this.served = 0;
      ends.clear();
    } else if (ends.size > 2 * queue.length + 16)
      for (const [sharer, end] of ends) if (end <= this.served) ends.delete(sharer);
  }
}
