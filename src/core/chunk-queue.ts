/** Bytes waiting to be sent: a queue of chunks and an offset into the first. Nothing is ever re-sliced. */
export class ChunkQueue {
  /** Bytes queued. */
  byteLength = 0;
  private chunks: Uint8Array[] = [];
  private head = 0;
  private offset = 0;

  /** Queues `chunk` itself, not a copy: the caller hands it over. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.byteLength += chunk.length;
  }

  /** Up to `sizeBytes` bytes from the front, without taking them; empty if nothing is queued. */
  peek(sizeBytes: number): Uint8Array {
    if (this.byteLength === 0) return EMPTY;
    const chunk = this.chunks[this.head];
    const end = Math.min(chunk.length, this.offset + sizeBytes);
    return this.offset === 0 && end === chunk.length ? chunk : chunk.subarray(this.offset, end);
  }

  /** Takes `sizeBytes` bytes, at most what `peek` gave, from the front. */
  drop(sizeBytes: number): void {
    this.byteLength -= sizeBytes;
    this.offset += sizeBytes;
    if (this.head >= this.chunks.length || this.offset < this.chunks[this.head].length) return;
    this.offset = 0;
    this.chunks[this.head] = EMPTY;
    this.head += 1;
    if (this.head === this.chunks.length) this.clear();
    else if (this.head > 64 && this.head * 2 > this.chunks.length) {
      this.chunks = this.chunks.slice(this.head);
      this.head = 0;
    }
  }

  clear(): void {
    this.chunks.length = 0;
    this.byteLength = 0;
    this.head = 0;
    this.offset = 0;
  }
}

const EMPTY = new Uint8Array(0);
