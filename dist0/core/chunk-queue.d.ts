/** Bytes waiting to be sent: a queue of chunks and an offset into the first. Nothing is ever re-sliced. */
export declare class ChunkQueue {
  /** Bytes queued. */
  byteLength: number;
  private chunks;
  private head;
  private offset;
  /** Bytes at the end of the last chunk's buffer that `append` may still fill. 0 if that buffer is not ours. */
  private spareBytes;
  /** Queues `chunk` itself, not a copy: the caller hands it over. */
  push(chunk: Uint8Array): void;
  /** Queues a copy of `data`. Small ones share a block, so that they leave in few sends. */
  append(data: Uint8Array): void;
  /** Up to `sizeBytes` bytes from the front, without taking them; empty if nothing is queued. */
  peek(sizeBytes: number): Uint8Array;
  /** Takes `sizeBytes` bytes, at most what `peek` gave, from the front. */
  drop(sizeBytes: number): void;
  clear(): void;
  private extendLast;
}
