import type { LargeBuffer, ReceiveBuffers } from './receive-buffers.ts';

/** What one connection has received and not yet handed over, and the buffer that its next read fills. */
export class Inbox {
  /** Bytes waiting. */
  byteLength = 0;
  private readonly buffers: ReceiveBuffers;
  private reading: LargeBuffer | null = null;
  // The piece to be handed over first: the bytes [offset, end) of `bytes`.
  private bytes = NO_BYTES;
  private offset = 0;
  private end = 0;
  private owner: LargeBuffer | null = null;
  /** In the shared buffer, so good only until the read that filled it returns. */
  private isShared = false;
  private more = NO_PIECES;
  private isBulk = false;
  private smallReads = 0;

  constructor(buffers: ReceiveBuffers) {
    this.buffers = buffers;
  }

  /** The first `sizeBytes` bytes of the buffer now being read into have been filled. */
  filled(sizeBytes: number): void {
    const { reading } = this;
    this.buffers.latestReader = this;
    this.adapt(sizeBytes);
    if (reading === null) this.append(this.buffers.shared, sizeBytes, null, true);
    else {
      reading.holds += 1;
      this.append(reading.bytes, sizeBytes, reading, false);
    }
  }

  /** Whether a read of `sizeBytes` left no room in its buffer, so that more may be waiting. */
  hasFilled(sizeBytes: number): boolean {
    return sizeBytes === (this.reading?.bytes ?? this.buffers.shared).length;
  }

  /** Whether an end of stream that is told now may come right from the read before, without one of its own. Tells once. */
  takeDoubt(): boolean {
    const { buffers } = this;
    const isDoubtful = buffers.latestReader === this;
    buffers.latestReader = null;
    return isDoubtful;
  }

  /** Whether so little waits that one more read does no harm. Stopping for a moment costs two calls of the kernel. */
  get takesMore(): boolean {
    return this.byteLength < BULK_READ_BYTES && this.more.length === 0;
  }

  /** `bytes` are memory that nobody else uses. */
  push(bytes: Uint8Array): void {
    this.append(bytes, bytes.length, null, false);
  }

  /** Up to `sizeBytes` bytes as a view; there must be some. */
  take(sizeBytes: number): Uint8Array {
    const { bytes, offset, owner, buffers } = this;
    const end = Math.min(this.end, offset + sizeBytes);
    buffers.lent = this.isShared ? null : bytes.buffer;
    buffers.lentFrom = owner;
    this.offset = end;
    this.byteLength -= end - offset;
    if (end === this.end) {
      if (owner !== null) buffers.release(owner);
      this.advance();
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset + offset, end - offset);
  }

  /** What is left in the shared buffer moves out of it: the next read of any connection overwrites that. */
  settle(): void {
    if (!this.isShared || this.byteLength === 0) return;
    // Not slice(): the shared buffer is a Buffer, whose slice is a view.
    this.bytes = new Uint8Array(this.bytes.subarray(this.offset, this.end));
    this.end -= this.offset;
    this.offset = 0;
    this.isShared = false;
  }

  /** The buffer for the next read. */
  next(): Uint8Array {
    const { reading } = this;
    if (reading === null) {
      if (!this.isBulk) return this.buffers.shared;
      this.reading = this.buffers.take();
    } else if (!this.isBulk && reading.holds === 0) {
      this.buffers.leave(reading);
      this.reading = null;
      return this.buffers.shared;
    } else if (reading.holds > 0) {
      this.buffers.leave(reading);
      this.reading = this.buffers.take();
    }
    return this.reading!.bytes;
  }

  /** The connection reads no more: drops everything. */
  close(): void {
    if (this.byteLength > 0 && this.owner !== null) this.buffers.release(this.owner);
    for (const { owner } of this.more) if (owner !== null) this.buffers.release(owner);
    this.more = NO_PIECES;
    this.bytes = NO_BYTES;
    this.byteLength = 0;
    this.isBulk = false;
    if (this.reading !== null) this.buffers.leave(this.reading);
    this.reading = null;
  }

  private adapt(sizeBytes: number): void {
    if (this.isBulk) {
      this.smallReads = sizeBytes < SMALL_READ_BYTES ? this.smallReads + 1 : 0;
      if (this.smallReads >= SMALL_READS_MAX) this.isBulk = false;
    } else if (sizeBytes >= BULK_READ_BYTES) {
      this.isBulk = true;
      this.smallReads = 0;
    }
  }

  private append(bytes: Uint8Array, end: number, owner: LargeBuffer | null, isShared: boolean): void {
    if (this.byteLength > 0) {
      // Only a socket that goes on for a moment after it was stopped comes here, and the pieces in front are settled.
      if (this.more === NO_PIECES) this.more = [];
      this.more.push({ bytes: isShared ? new Uint8Array(bytes.subarray(0, end)) : bytes, end, owner });
    } else {
      this.bytes = bytes;
      this.offset = 0;
      this.end = end;
      this.owner = owner;
      this.isShared = isShared;
    }
    this.byteLength += end;
  }

  private advance(): void {
    const next = this.more.shift();
    if (next === undefined) return;
    this.bytes = next.bytes;
    this.offset = 0;
    this.end = next.end;
    this.owner = next.owner;
    this.isShared = false;
  }
}

/**
 * A read of this size makes a connection bulk: bytes in the shared buffer are copied before they are written, which
 * below this size costs less than a large buffer does. Only the part of a large buffer that is filled is resident.
 */
const BULK_READ_BYTES = 4 * 1024;
/** So many reads in a row below this size make it an ordinary one again, which gives its large buffer back. */
const SMALL_READ_BYTES = 1024;
const SMALL_READS_MAX = 16;

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** The first `end` bytes of `bytes` are unread. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly owner: LargeBuffer | null;
}

const NO_PIECES: Piece[] = [];
