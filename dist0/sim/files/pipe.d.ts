import type { Timer } from '../../core/clock.ts';
import { TransportError } from '../../core/errors.ts';
import { type Endpoint, type Received, type Watcher } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import { StreamBuffer } from '../tcp/stream-buffer.ts';
import type { Storage } from './storage.ts';
/** Linux's default (pipe(7), F_GETPIPE_SZ). */
export declare const PIPE_BYTES = 65536;
export declare class Pipe {
  readonly buffer: StreamBuffer;
  readonly host: Host;
  readonly readers: Set<PipeEnd>;
  readonly writers: Set<PipeEnd>;
  /** Counts from 1 within its host. */
  readonly number: number;
  private readonly storage;
  /** A reader that came first waits for a writer instead of being at the end. */
  private hasHadWriter;
  constructor(host: Host, storage: Storage, number: number);
  /** As open(2) with O_NONBLOCK: a FIFO without a reader cannot be opened for writing alone (fifo(7)). */
  open(flags: string, path: string): PipeEnd;
  openReader(): PipeEnd;
  openWriter(): PipeEnd;
  get roomBytes(): number;
  get unread(): number;
  /** Whether nobody is left, or comes, to write. */
  get hasEnded(): boolean;
  /** Tells both sides what they can do now. */
  refresh(): void;
  /** Its state without its ends, as text, for merging equal states. */
  stateText(): string;
  leave(end: PipeEnd): void;
  private admit;
}
export declare class PipeEnd implements Endpoint {
  readiness: number;
  watcher: Watcher | null;
  readonly localAddress: null;
  readonly remoteAddress: null;
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  isClosed: boolean;
  /** @internal Set until it is open. */
  opening: Timer | null;
  private readonly pipe;
  private readonly storage;
  private readonly name;
  private failure;
  private hasShutdown;
  constructor(pipe: Pipe, storage: Storage, mayRead: boolean, mayWrite: boolean, name: string);
  recv(sizeBytes: number): Received;
  send(data: Uint8Array): number;
  takeError(): TransportError | null;
  /** A pipe has one direction: the writer's end of stream is its closing. */
  shutdownWrite(): void;
  abort(): void;
  close(): void;
  /** @internal Power is lost. */
  forget(): void;
  /** @internal */
  open(): void;
  /** @internal */
  fail(code: string, syscall: string): void;
  /** @internal What it can do now, after something has changed at either end. */
  refresh(): void;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  toString(): string;
  private cutShort;
  private notify;
}
