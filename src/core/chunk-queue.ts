/** Bytes waiting to be sent: a queue of chunks and an offset into the first. Nothing is ever re-sliced. */
export class ChunkQueue {
  /** Bytes queued. */
  byteLength = 0;
  private chunks: Uint8Array[] = [];
  private head = 0;
  private offset = 0;
  /** Bytes at the end of the last chunk's buffer that `append` may still fill. 0 if that buffer is not ours. */
  private spareBytes = 0;

  /** Queues `chunk` itself, not a copy: the caller hands it over. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.byteLength += chunk.length;
    this.spareBytes = 0;
  }

  /** Queues a copy of `data`. Small ones share a block, so that they leave in few sends. */
  append(data: Uint8Array): void {
    const fitting = Math.min(this.spareBytes, data.length);
    if (fitting > 0) this.extendLast(data, fitting);
    if (fitting === data.length) return;
    const rest = data.subarray(fitting);
    const block = new Uint8Array(Math.max(BLOCK_SIZE_BYTES, rest.length));
    block.set(rest);
    this.push(block.subarray(0, rest.length));
    this.spareBytes = block.length - rest.length;
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

  /** @internal What is queued, chunk by chunk, for merging equal states: each leaves in a send of its own. */
  stateText(): string {
    if (this.byteLength === 0) return '';
    const [first, ...rest] = this.chunks.slice(this.head);
    return `${[first.subarray(this.offset), ...rest].join('|')}${this.spareBytes > 0 ? '+' : ''}`;
  }

  clear(): void {
    this.chunks.length = 0;
    this.byteLength = 0;
    this.head = 0;
    this.offset = 0;
    this.spareBytes = 0;
  }

  private extendLast(data: Uint8Array, sizeBytes: number): void {
    const index = this.chunks.length - 1;
    const last = this.chunks[index];
    const extended = new Uint8Array(last.buffer, last.byteOffset, last.length + sizeBytes);
    extended.set(data.subarray(0, sizeBytes), last.length);
    this.chunks[index] = extended;
    this.byteLength += sizeBytes;
    this.spareBytes -= sizeBytes;
  }
}

const BLOCK_SIZE_BYTES = 16384;

const EMPTY = new Uint8Array(0);
