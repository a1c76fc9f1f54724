/** One read of an ordinary connection, at most. */
export declare const SHARED_BUFFER_BYTES: number;
/**
 * One read of a bulk connection. The kernel's cost per call dominates: from 64 to 256 KiB halves the CPU per byte
 * of a forwarder, and 512 KiB gains nothing more (docs/performance.md).
 */
export declare const LARGE_BUFFER_BYTES: number;
/** A large buffer, and how many pending writes and unread bytes still need what is in it. */
export declare class LargeBuffer {
  readonly bytes: Uint8Array;
  holds: number;
  /** Whether a connection reads into it. */
  isInUse: boolean;
  isIdle: boolean;
}
/** The buffers of one transport. */
export declare class ReceiveBuffers {
  readonly shared: Uint8Array;
  /** The memory that was handed out last, if a write may use it without a copy. */
  lent: ArrayBufferLike | null;
  /** The large buffer to which `lent` belongs; null if it is memory that nobody uses again. */
  lentFrom: LargeBuffer | null;
  private readonly idle;
  /** A large buffer that nothing needs any more. */
  take(): LargeBuffer;
  /** Its connection reads into another one from now on. */
  leave(buffer: LargeBuffer): void;
  /** One that held it needs it no more. */
  release(buffer: LargeBuffer): void;
  private recycle;
}
