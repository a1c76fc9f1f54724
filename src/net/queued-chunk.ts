/** A write that waits in a stream. */
export interface QueuedChunk {
  chunk: unknown;
  encoding: BufferEncoding;
}

export function toBytes(chunk: unknown, encoding: BufferEncoding): Uint8Array {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : (chunk as Uint8Array);
}

export function byteLength(chunk: unknown, encoding: BufferEncoding): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : (chunk as Uint8Array).length;
}
