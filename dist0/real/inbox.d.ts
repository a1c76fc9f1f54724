import type { ReceiveBuffers } from './receive-buffers.ts';
/** What one connection has received and not yet handed over, and the buffer that its next read fills. */
export declare class Inbox {
  /** Bytes waiting. */
  byteLength: number;
  private readonly buffers;
  private reading;
  private bytes;
  private offset;
  private end;
  private owner;
  /** In the shared buffer, so good only until the read that filled it returns. */
  private isShared;
  private more;
  private isBulk;
  private smallReads;
  constructor(buffers: ReceiveBuffers);
  /** The first `sizeBytes` bytes of the buffer now being read into have been filled. */
  filled(sizeBytes: number): void;
  /** Whether a read of `sizeBytes` left no room in its buffer, so that more may be waiting. */
  hasFilled(sizeBytes: number): boolean;
  /** `bytes` are memory that nobody else uses. */
  push(bytes: Uint8Array): void;
  /** Up to `sizeBytes` bytes as a view; there must be some. */
  take(sizeBytes: number): Uint8Array;
  /** What is left in the shared buffer moves out of it: the next read of any connection overwrites that. */
  settle(): void;
  /** The buffer for the next read. */
  next(): Uint8Array;
  /** The connection reads no more: drops everything. */
  close(): void;
  private adapt;
  private append;
  private advance;
}
