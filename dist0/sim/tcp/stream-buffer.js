const SMALLEST = 64;
/**
 * The bytes of one direction, by position in the stream: `[read, delivered)` can be received, `[delivered, written)`
 * is in flight. Bytes handed out stay in place until `settle`, so that views hold for a whole turn.
 */
export class StreamBuffer {
  constructor(arena) {
    this.written = 0;
    this.delivered = 0;
    this.read = 0;
    this.bytes = NO_BYTES;
    /** Where position `base` lies in `bytes`. */
    this.offset = 0;
    this.capacity = 0;
    this.base = 0;
    this.viewedFrom = -1;
    this.arena = arena;
  }
  /** Appends the first `sizeBytes` bytes of `data`. */
  write(data, sizeBytes) {
    if (this.written + sizeBytes - this.base > this.capacity) this.grow(sizeBytes);
    const at = this.offset + this.written - this.base;
    if (sizeBytes < 16)
      for (let index = 0; index < sizeBytes; index += 1) this.bytes[at + index] = data[index];
    else this.bytes.set(sizeBytes === data.length ? data : data.subarray(0, sizeBytes), at);
    this.written += sizeBytes;
  }
  /** The next `sizeBytes` delivered bytes, as a view. */
  take(sizeBytes) {
    const at = this.offset + this.read - this.base;
    if (this.viewedFrom < 0) this.viewedFrom = this.read;
    this.read += sizeBytes;
    const { bytes, arena } = this;
    return bytes === arena.buffer ? arena.view(at, at + sizeBytes) : bytes.subarray(at, at + sizeBytes);
  }
  /** A copy of the last `sizeBytes` delivered bytes, for a trace. */
  peek(sizeBytes) {
    const end = this.offset + this.delivered - this.base;
    return this.bytes.slice(end - sizeBytes, end);
  }
  /** A copy of the bytes from one stream position (included) to another (excluded), not read yet, for a trace. */
  copy(from, to) {
    const at = this.offset + from - this.base;
    return this.bytes.slice(at, at + to - from);
  }
  /** A copy of the next bytes to be read, for a trace. */
  copyUnread(sizeBytes) {
    return this.copy(this.read, this.read + sizeBytes);
  }
  /** @internal The bytes written and not yet read, as text. */
  contentText() {
    const from = this.offset + this.read - this.base;
    let text = '';
    for (let at = from; at < from + this.written - this.read; at += 1)
      text += String.fromCharCode(this.bytes[at]);
    return text;
  }
  /** Whether views were handed out since `settle`. */
  get isViewed() {
    return this.viewedFrom >= 0;
  }
  /** Forgets what was written from this stream position on. */
  truncate(end) {
    this.written = end;
  }
  /** Forgets what is in flight; returns how many bytes that was. */
  dropInFlight() {
    const dropped = this.written - this.delivered;
    this.written = this.delivered;
    return dropped;
  }
  /** The handlers that received views have returned: their bytes may go, and are spoiled to show who kept them. */
  settle() {
    if (this.viewedFrom >= 0) {
      const from = this.offset + this.viewedFrom - this.base;
      const to = this.offset + this.read - this.base;
      if (to - from > 32) this.bytes.fill(SPOILED, from, to);
      else for (let at = from; at < to; at += 1) this.bytes[at] = SPOILED;
      this.viewedFrom = -1;
    }
    if (this.read !== this.written) return;
    this.base = this.read;
    if (this.bytes !== this.arena.buffer) this.release();
  }
  /** An empty buffer outside of the arena is not kept: there may be ten thousand idle connections. */
  release() {
    if (this.capacity === 0) return;
    this.arena.giveBack(this.bytes);
    this.bytes = NO_BYTES;
    this.offset = 0;
    this.capacity = 0;
  }
  grow(sizeBytes) {
    const kept = this.viewedFrom < 0 ? this.read : this.viewedFrom;
    const needed = this.written - kept + sizeBytes;
    let capacity = Math.max(SMALLEST, this.capacity);
    while (capacity < needed) capacity *= 2;
    const at = this.arena.claim(capacity);
    const bytes = at < 0 ? this.arena.borrow(capacity) : this.arena.buffer;
    const offset = Math.max(at, 0);
    const from = this.offset + kept - this.base;
    if (this.written > kept) bytes.set(this.bytes.subarray(from, from + this.written - kept), offset);
    this.bytes = bytes;
    this.offset = offset;
    this.capacity = capacity;
    this.base = kept;
  }
}
/** What a view holds after its time. */
const SPOILED = 0xdb;
const NO_BYTES = new Uint8Array(0);
