/** Something that stands in a queue of events. Ties in time are broken by `sequence`, which is never equal. */
export interface Queued {
  atMs: number;
  sequence: number;
  /** Its place in the heap, -1 outside. Belongs to the heap. */
  heapIndex: number;
}
/** Total order: time first, then insertion. The heap is never left to choose. */
export declare function isBefore(a: Queued, b: Queued): boolean;
/** A binary heap whose entries know their place, so that any of them can be taken out. */
export declare class Heap<T extends Queued> {
  readonly entries: T[];
  get size(): number;
  push(entry: T): void;
  remove(entry: T): void;
  /** The first entries in order, at most `limit` of them and none after `untilMs`, appended to `into`. */
  collect(into: T[], limit: number, untilMs: number): void;
  /** By insertion: for a handful of entries this is faster than anything clever. */
  private collectFew;
  private rise;
  private sink;
}
