/** A write that waits in a stream. */
export interface QueuedChunk {
  chunk: unknown;
  encoding: BufferEncoding;
}
export declare function toBytes(chunk: unknown, encoding: BufferEncoding): Uint8Array;
export declare function byteLength(chunk: unknown, encoding: BufferEncoding): number;
