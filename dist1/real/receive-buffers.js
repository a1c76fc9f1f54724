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
  constructor() {
    this.bytes = Buffer.allocUnsafeSlow(LARGE_BUFFER_BYTES);
    this.holds = 0;
    /** Whether a connection reads into it. */
    this.isInUse = false;
    this.isIdle = false;
  }
}
/** The buffers of one transport. */
export class ReceiveBuffers {
  constructor() {
    this.shared = Buffer.allocUnsafeSlow(SHARED_BUFFER_BYTES);
    /** The memory that was handed out last, if a write may use it without a copy. */
    this.lent = null;
    /** The large buffer to which `lent` belongs; null if it is memory that nobody uses again. */
    this.lentFrom = null;
    this.idle = [];
  }
  /** A large buffer that nothing needs any more. */
  take() {
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
  leave(buffer) {
    buffer.isInUse = false;
    this.recycle(buffer);
  }
  /** One that held it needs it no more. */
  release(buffer) {
    buffer.holds -= 1;
    this.recycle(buffer);
  }
  recycle(buffer) {
    if (buffer.holds > 0 || buffer.isInUse || buffer.isIdle || this.idle.length >= IDLE_MAX) return;
    buffer.isIdle = true;
    this.idle.push(buffer);
  }
}
