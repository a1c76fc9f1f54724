import { checkInteger } from '../../core/arguments.ts';
import type { Simulation } from '../simulation.ts';

/** Beyond that a typed array is not to be had. */
const SIZE_BYTES_MAX = 2 ** 32;

/** Larger pieces are left to the garbage collector. */
const LARGEST = 4096;

/** Which views are kept: of so many bytes at most, that begin before this place. */
const VIEW_SIZE_MAX = 16;
const VIEWS_FROM_MAX = 1024;

/** How much of one size is kept for those who borrow next; the rest is left to the garbage collector. */
const SPARE_MAX = 64;

/** Memory for the bytes of one run after another: claimed piece by piece, taken back all at once. */
export class Arena {
  /** @internal The run that uses it, or used it last. */
  current: Simulation | null = null;
  /** @internal How many runs have begun, in its one element: where memory is shared, another thread can watch. */
  readonly runs: Int32Array;
  private readonly bytes: Uint8Array;
  private used = 0;
  /** What was borrowed and given back in this run, by size. */
  private spare: Map<number, Uint8Array[]> | null = null;
  /** By place and size, once the arena is used again. */
  private views: (Uint8Array | undefined)[] | null = null;

  constructor(sizeBytes = 1 << 20, runs: Int32Array = new Int32Array(1)) {
    this.bytes = new Uint8Array(checkInteger('sizeBytes', sizeBytes, 0, SIZE_BYTES_MAX));
    this.runs = runs;
  }

  /** @internal Belongs to a new run from now on. */
  begin(run: Simulation): void {
    this.reset();
    this.current = run;
    this.runs[0] += 1;
  }

  /** Forgets every claim. What was claimed before must not be used any more. */
  reset(): void {
    if (this.used > 0) this.views ??= new Array(VIEW_SIZE_MAX * VIEWS_FROM_MAX).fill(undefined);
    this.used = 0;
    // Which memory a stale view shows must not depend on earlier runs.
    this.spare = null;
  }

  /** Memory of its own for what does not fit in here: such as was given back in this run, if there is any. */
  borrow(sizeBytes: number): Uint8Array {
    return this.spare?.get(sizeBytes)?.pop() ?? new Uint8Array(sizeBytes);
  }

  /** Gives back what was borrowed, so that an idle connection holds none. Nobody may use it any more. */
  giveBack(bytes: Uint8Array): void {
    this.spare ??= new Map();
    const spare = this.spare.get(bytes.length);
    if (spare === undefined) this.spare.set(bytes.length, [bytes]);
    else if (spare.length < SPARE_MAX) spare.push(bytes);
  }

  /** The place of `sizeBytes` bytes in `buffer`, or -1 when the arena is used up. */
  claim(sizeBytes: number): number {
    const at = this.used;
    if (sizeBytes > LARGEST || at + sizeBytes > this.bytes.length) return -1;
    this.used = at + sizeBytes;
    return at;
  }

  get buffer(): Uint8Array {
    return this.bytes;
  }

  /**
   * A view of `[from, to)`. Small ones are made once: runs resemble each other, and making a view costs more than
   * most of what is done with it.
   */
  view(from: number, to: number): Uint8Array {
    const { bytes, views } = this;
    const size = to - from;
    if (views === null || size < 1 || size > VIEW_SIZE_MAX || from >= VIEWS_FROM_MAX)
      return bytes.subarray(from, to);
    const key = from * VIEW_SIZE_MAX + size - 1;
    views[key] ??= bytes.subarray(from, to);
    return views[key];
  }
}
