// Where received bytes land. One small buffer is shared by all connections that are not bulk, so an idle one costs
// nothing; a bulk connection has a large one of its own, so that one read moves much and nothing is copied.

/** One read of an ordinary connection, at most. */
export const SHARED_BUFFER_BYTES = 64 * 1024;

/**
 * One read of a bulk connection. The kernel's cost per call dominates: from 64 to 256 KiB halves the CPU per byte
 * of a forwarder, and 512 KiB gains nothing more (docs/performance.md).
 */
export const LARGE_BUFFER_BYTES = 256 * 1024;

/** Large buffers kept for the next bulk connection, at most: 4 MiB. */
const IDLE_MAX = 16;

/** A large buffer, and how many pending writes and unread bytes still need what is in it. */
export class LargeBuffer {
  readonly bytes: Uint8Array = Buffer.allocUnsafeSlow(LARGE_BUFFER_BYTES);
  holds = 0;
  /** Whether a connection reads into it. */
  isInUse = false;
  isIdle = false;
}

/** The buffers of one transport. */
export class ReceiveBuffers {
  readonly shared: Uint8Array = Buffer.allocUnsafeSlow(SHARED_BUFFER_BYTES);
  /** The memory that was handed out last, if a write may use it without a copy. */
  lent: ArrayBufferLike | null = null;
  /** The large buffer to which `lent` belongs; null if it is memory that nobody uses again. */
  lentFrom: LargeBuffer | null = null;
  /** What the latest read of all went to, and null if something else has happened since. */
  latestReader: object | null = null;
  private readonly idle: LargeBuffer[] = [];

  /** A large buffer that nothing needs any more. */
  take(): LargeBuffer {
    let buffer = this.idle.pop();
    while (buffer !== undefined) {
      buffer.isIdle = false;
      if (buffer.holds === 0 && buffer !== this.lentFrom) break;
      buffer = this.idle.pop();
    }
    buffer ??= new LargeBuffer();
    buffer.isInUse = true;
    return buffer;
  }

  /** Its connection reads into another one from now on. */
  leave(buffer: LargeBuffer): void {
    buffer.isInUse = false;
    this.recycle(buffer);
  }

  /** One that held it needs it no more. */
  release(buffer: LargeBuffer): void {
    buffer.holds -= 1;
    this.recycle(buffer);
  }

  private recycle(buffer: LargeBuffer): void {
    if (buffer.holds > 0 || buffer.isInUse || buffer.isIdle || this.idle.length >= IDLE_MAX) return;
    buffer.isIdle = true;
    this.idle.push(buffer);
  }
}
