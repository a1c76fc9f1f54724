import type { LargeBuffer, ReceiveBuffers } from './receive-buffers.ts';

/** What one connection has received and not yet handed over, and the buffer that its next read fills. */
export class Inbox {
  /** Bytes waiting. */
  byteLength = 0;
  private readonly buffers: ReceiveBuffers;
  private reading: LargeBuffer | null = null;
  private pieces: Piece[] = [];
  private first: Piece | null = null;
  private isBulk = false;
  private smallReads = 0;

  constructor(buffers: ReceiveBuffers) {
    this.buffers = buffers;
  }

  /** The first `sizeBytes` bytes of the buffer now being read into have been filled. */
  filled(sizeBytes: number): void {
    const { reading } = this;
    const bytes = reading?.bytes ?? this.buffers.shared;
    this.adapt(sizeBytes);
    if (reading !== null) reading.holds += 1;
    this.append({ bytes, offset: 0, end: sizeBytes, owner: reading, isShared: reading === null });
  }

  /** Whether a read of `sizeBytes` left no room in its buffer, so that more may be waiting. */
  hasFilled(sizeBytes: number): boolean {
    return sizeBytes === (this.reading?.bytes ?? this.buffers.shared).length;
  }

  /** `bytes` are memory that nobody else uses. */
  push(bytes: Uint8Array): void {
    this.append({ bytes, offset: 0, end: bytes.length, owner: null, isShared: false });
  }

  /** Up to `sizeBytes` bytes as a view; there must be some. */
  take(sizeBytes: number): Uint8Array {
    const piece = this.first!;
    const { bytes, offset, owner } = piece;
    const end = Math.min(piece.end, offset + sizeBytes);
    piece.offset = end;
    this.byteLength -= end - offset;
    this.buffers.lent = piece.isShared ? null : bytes.buffer;
    this.buffers.lentFrom = owner;
    if (end === piece.end) {
      this.first = this.pieces.length > 0 ? this.pieces.shift()! : null;
      if (owner !== null) this.buffers.release(owner);
    }
    return new Uint8Array(bytes.buffer, bytes.byteOffset + offset, end - offset);
  }

  /** What is left in the shared buffer moves out of it: the next read of any connection overwrites that. */
  settle(): void {
    const piece = this.first;
    if (piece === null || !piece.isShared) return;
    // Not slice(): the shared buffer is a Buffer, whose slice is a view.
    piece.bytes = new Uint8Array(piece.bytes.subarray(piece.offset, piece.end));
    piece.end -= piece.offset;
    piece.offset = 0;
    piece.isShared = false;
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
  end(): void {
    for (const { owner } of this.pieces) if (owner !== null) this.buffers.release(owner);
    if (this.first !== null && this.first.owner !== null) this.buffers.release(this.first.owner);
    this.pieces = [];
    this.first = null;
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

  private append(piece: Piece): void {
    this.byteLength += piece.end;
    if (this.first === null) this.first = piece;
    else this.pieces.push(piece);
  }
}

/** A read of this size makes a connection bulk: half of the shared buffer. */
const BULK_READ_BYTES = 32 * 1024;
/** So many reads in a row below this size make it an ordinary one again, which gives its large buffer back. */
const SMALL_READ_BYTES = 8 * 1024;
const SMALL_READS_MAX = 16;

/** The bytes [offset, end) of `bytes` are unread. */
interface Piece {
  bytes: Uint8Array;
  offset: number;
  end: number;
  owner: LargeBuffer | null;
  /** In the shared buffer, so good only until the read that filled it returns. */
  isShared: boolean;
}
