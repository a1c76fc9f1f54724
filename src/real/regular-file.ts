// A regular file as an endpoint: positioned asynchronous reads and writes, one at a time. It has one position, as a
// file descriptor has: of the next byte to hand over, or to overwrite.
import { close, open, read, write } from 'node:fs';
import type { TransportError } from '../core/errors.ts';
import {
  END_OF_STREAM,
  type Endpoint,
  Readiness,
  type Received,
  type Watcher,
  WOULD_BLOCK,
} from '../core/transport.ts';
import type { RealContext } from './real-context.ts';
import { runSoon } from './system-clock.ts';
import { toTransportError } from './transport-error.ts';

const { READABLE, WRITABLE, FAILED, OPEN } = Readiness;

/** What one read fetches ahead, and one write takes. */
const FILE_CHUNK_BYTES = 64 * 1024;

export interface OpenedFile {
  /** Node's open flags, as text or bits. */
  readonly flags: string | number;
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /** Whether each write goes to the end. */
  readonly appends: boolean;
  readonly position: number;
}

export class RegularFile implements Endpoint {
  watcher: Watcher | null = null;
  readonly localAddress = null;
  readonly remoteAddress = null;
  private readonly context: RealContext;
  private readonly path: string;
  private readonly how: OpenedFile;
  private descriptor = -1;
  private bits = 0;
  private position: number;
  private chunk: Uint8Array | null = null;
  private fetched: Uint8Array = NOTHING;
  private isFetching = false;
  private isWriting = false;
  /** Counts writes: what was being read while one began is stale. */
  private generation = 0;
  private hasShutdown = false;
  private isClosed = false;
  private error: TransportError | null = null;

  /** `descriptor` is one that was opened already, and is the endpoint's from now on. */
  constructor(context: RealContext, path: string, how: OpenedFile, descriptor: number | null = null) {
    this.context = context;
    this.path = path;
    this.how = how;
    this.position = how.position;
    if (descriptor !== null) runSoon(() => this.onOpened(null, descriptor));
    else open(path, how.flags, 0o666, (error, descriptor) => this.onOpened(error, descriptor));
  }

  get readiness(): number {
    return this.bits;
  }

  recv(sizeBytes: number): Received {
    if (sizeBytes === 0) return NOTHING.slice();
    if (this.fetched.length === 0) return (this.bits & READABLE) === 0 ? WOULD_BLOCK : END_OF_STREAM;
    const taken = this.fetched.subarray(0, sizeBytes);
    this.fetched = this.fetched.subarray(taken.length);
    this.position += taken.length;
    if (this.fetched.length === 0) {
      this.bits &= ~READABLE;
      this.chunk = null;
      this.fetch();
    }
    return taken;
  }

  send(data: Uint8Array): number {
    if ((this.bits & WRITABLE) === 0 || data.length === 0) return 0;
    const taken = data.slice(0, FILE_CHUNK_BYTES);
    this.bits &= ~(WRITABLE | READABLE);
    this.fetched = NOTHING;
    this.generation += 1;
    this.isWriting = true;
    this.writeRest(taken);
    return taken.length;
  }

  /** A file has no end of stream to send: nothing more is written. */
  shutdownWrite(): void {
    this.hasShutdown = true;
    this.bits &= ~WRITABLE;
  }

  takeError(): TransportError | null {
    if ((this.bits & FAILED) === 0) return null;
    const { error } = this;
    this.error = null;
    this.bits &= ~FAILED;
    return error;
  }

  abort(): void {
    this.close();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.bits = 0;
    this.watcher = null;
    this.fetched = NOTHING;
    this.closeWhenIdle();
  }

  private onOpened(error: Error | null, descriptor: number): void {
    if (error !== null) this.fail(error, 'open');
    else {
      this.descriptor = descriptor;
      if (this.isClosed) this.closeWhenIdle();
      else {
        const writable = this.how.mayWrite && !this.hasShutdown ? WRITABLE : 0;
        this.event(() => this.gain(OPEN | writable));
        this.fetch();
      }
    }
  }

  /** Reads the next chunk ahead. */
  private fetch(): void {
    const { how, descriptor } = this;
    if (!how.mayRead || this.isFetching || this.isWriting || this.isClosed || this.error !== null) return;
    this.isFetching = true;
    this.chunk ??= new Uint8Array(FILE_CHUNK_BYTES);
    const { chunk, generation, position } = this;
    read(descriptor, chunk, 0, chunk.length, position, (error, size) => {
      this.isFetching = false;
      if (this.isClosed) this.closeWhenIdle();
      else if (error !== null) this.fail(error, 'read');
      else if (generation !== this.generation) this.fetch();
      else {
        this.fetched = chunk.subarray(0, size);
        this.event(() => this.gain(READABLE));
      }
    });
  }

  private writeRest(rest: Uint8Array): void {
    const { how, descriptor } = this;
    const position = how.appends ? null : this.position;
    write(descriptor, rest, 0, rest.length, position, (error, size) => {
      if (error !== null) {
        this.isWriting = false;
        if (this.isClosed) this.closeWhenIdle();
        else this.fail(error, 'write');
        return;
      }
      this.position += size;
      if (size < rest.length) {
        this.writeRest(rest.subarray(size));
        return;
      }
      this.isWriting = false;
      if (this.isClosed) this.closeWhenIdle();
      else {
        if (!this.hasShutdown) this.event(() => this.gain(WRITABLE));
        this.fetch();
      }
    });
  }

  private fail(error: Error, syscall: string): void {
    if (this.isClosed) return;
    this.error = toTransportError(error, syscall, { path: this.path });
    this.bits &= ~WRITABLE;
    this.event(() => this.gain(FAILED));
  }

  /** A descriptor that a read or write still uses stays open until that is done. */
  private closeWhenIdle(): void {
    if (this.descriptor < 0 || this.isFetching || this.isWriting) return;
    const { descriptor } = this;
    this.descriptor = -1;
    close(descriptor, () => {});
  }

  private event(mark: () => void): void {
    if (this.isClosed) return;
    this.context.driver.enter();
    mark();
    this.context.driver.leave();
  }

  private gain(bits: number): void {
    if ((this.bits & bits) === bits) return;
    this.bits |= bits;
    this.watcher?.onReadiness();
  }
}

const NOTHING = new Uint8Array(0);
