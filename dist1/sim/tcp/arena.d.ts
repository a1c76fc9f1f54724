import type { Simulation } from '../simulation.ts';
/** Memory for the bytes of one run after another: claimed piece by piece, taken back all at once. */
export declare class Arena {
  /** @internal The run that uses it, or used it last. */
  current: Simulation | null;
  /** @internal How many runs have begun, in its one element: where memory is shared, another thread can watch. */
  readonly runs: Int32Array<ArrayBufferLike>;
  private readonly bytes;
  private used;
  /** What was borrowed and given back in this run, by size. */
  private spare;
  /** By place and size, once the arena is used again. */
  private views;
  constructor(sizeBytes?: number, runs?: Int32Array<ArrayBufferLike>);
  /** @internal Belongs to a new run from now on. */
  begin(run: Simulation): void;
  /** Forgets every claim. What was claimed before must not be used any more. */
  reset(): void;
  /** Memory of its own for what does not fit in here: such as was given back in this run, if there is any. */
  borrow(sizeBytes: number): Uint8Array;
  /** Gives back what was borrowed, so that an idle connection holds none. Nobody may use it any more. */
  giveBack(bytes: Uint8Array): void;
  /** The place of `sizeBytes` bytes in `buffer`, or -1 when the arena is used up. */
  claim(sizeBytes: number): number;
  get buffer(): Uint8Array;
  /**
   * A view of `[from, to)`. Small ones are made once: runs resemble each other, and making a view costs more than
   * most of what is done with it.
   */
  view(from: number, to: number): Uint8Array;
}
