import type { Arena } from './arena.ts';
/**
 * The bytes of one direction, by position in the stream: `[read, delivered)` can be received, `[delivered, written)`
 * is in flight. Bytes handed out stay in place until `settle`, so that views hold for a whole turn.
 */
export declare class StreamBuffer {
  written: number;
  delivered: number;
  read: number;
  private readonly arena;
  private bytes;
  /** Where position `base` lies in `bytes`. */
  private offset;
  private capacity;
  private base;
  private viewedFrom;
  constructor(arena: Arena);
  /** Appends the first `sizeBytes` bytes of `data`. */
  write(data: Uint8Array, sizeBytes: number): void;
  /** The next `sizeBytes` delivered bytes, as a view. */
  take(sizeBytes: number): Uint8Array;
  /** A copy of the last `sizeBytes` delivered bytes, for a trace. */
  peek(sizeBytes: number): Uint8Array;
  /** A copy of the bytes from one stream position (included) to another (excluded), not read yet, for a trace. */
  copy(from: number, to: number): Uint8Array;
  /** A copy of the next bytes to be read, for a trace. */
  copyUnread(sizeBytes: number): Uint8Array;
  /** @internal The bytes written and not yet read, as text. */
  contentText(): string;
  /** Whether views were handed out since `settle`. */
  get isViewed(): boolean;
  /** Forgets what was written from this stream position on. */
  truncate(end: number): void;
  /** Forgets what is in flight; returns how many bytes that was. */
  dropInFlight(): number;
  /** The handlers that received views have returned: their bytes may go, and are spoiled to show who kept them. */
  settle(): void;
  /** An empty buffer outside of the arena is not kept: there may be ten thousand idle connections. */
  private release;
  private grow;
}
