import { nodeError } from './node-errors.ts';

/** A write that waits in a stream. */
export interface QueuedChunk {
  chunk: unknown;
  encoding: BufferEncoding;
}

export function toBytes(chunk: unknown, encoding: BufferEncoding): Uint8Array {
  if (typeof chunk !== 'string') return chunk as Uint8Array;
  if ((encoding as string) !== 'buffer') return Buffer.from(chunk, encoding);
  throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'Second argument must be a buffer');
}

export function byteLength(chunk: unknown, encoding: BufferEncoding): number {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : (chunk as Uint8Array).length;
}
