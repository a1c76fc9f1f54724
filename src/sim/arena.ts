/** Larger pieces are left to the garbage collector. */
const LARGEST = 4096;

/** Memory for the bytes of one run after another: claimed piece by piece, taken back all at once. */
export class Arena {
  private readonly bytes: Uint8Array;
  private used = 0;

  constructor(sizeBytes = 1 << 20) {
    this.bytes = new Uint8Array(sizeBytes);
  }

  /** Forgets every claim. What was claimed before must not be used any more. */
  reset(): void {
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
}
