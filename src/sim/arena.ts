/** Larger pieces are left to the garbage collector. */
const LARGEST = 4096;

/** Which views are kept: of so many bytes at most, that begin before this place. */
const VIEW_SIZE_MAX = 16;
const VIEWS_FROM_MAX = 1024;

/** Memory for the bytes of one run after another: claimed piece by piece, taken back all at once. */
export class Arena {
  private readonly bytes: Uint8Array;
  private used = 0;
  /** By place and size, once the arena is used again. */
  private views: (Uint8Array | undefined)[] | null = null;

  constructor(sizeBytes = 1 << 20) {
    this.bytes = new Uint8Array(sizeBytes);
  }

  /** Forgets every claim. What was claimed before must not be used any more. */
  reset(): void {
    if (this.used > 0) this.views ??= new Array(VIEW_SIZE_MAX * VIEWS_FROM_MAX).fill(undefined);
    this.used = 0;
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
