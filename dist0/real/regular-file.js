// A regular file as an endpoint: positioned asynchronous reads and writes, one at a time. It has one position, as a
// file descriptor has: of the next byte to hand over, or to overwrite.
import { close, open, read, write } from 'node:fs';
import { END_OF_STREAM, Readiness, WOULD_BLOCK } from '../core/transport.js';
import { runSoon } from './system-clock.js';
import { toTransportError } from './transport-error.js';

const { READABLE, WRITABLE, FAILED, OPEN } = Readiness;
/** What one read fetches ahead, and one write takes. */
const FILE_CHUNK_BYTES = 64 * 1024;
export class RegularFile {
  /** `descriptor` is one that was opened already, and is the endpoint's from now on. */
  constructor(context, path, how, descriptor = null) {
    this.watcher = null;
    this.localAddress = null;
    this.remoteAddress = null;
    this.descriptor = -1;
    this.bits = 0;
    this.chunk = null;
    this.fetched = NOTHING;
    this.isFetching = false;
    this.isWriting = false;
    /** Counts writes: what was being read while one began is stale. */
    this.generation = 0;
    this.hasShutdown = false;
    this.isClosed = false;
    this.error = null;
    this.context = context;
    this.path = path;
    this.how = how;
    this.position = how.position;
    if (descriptor !== null) runSoon(() => this.onOpened(null, descriptor));
    else open(path, how.flags, 0o666, (error, descriptor) => this.onOpened(error, descriptor));
  }
  get readiness() {
    return this.bits;
  }
  recv(sizeBytes) {
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
  send(data) {
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
  shutdownWrite() {
    this.hasShutdown = true;
    this.bits &= ~WRITABLE;
  }
  takeError() {
    if ((this.bits & FAILED) === 0) return null;
    const { error } = this;
    this.error = null;
    this.bits &= ~FAILED;
    return error;
  }
  abort() {
    this.close();
  }
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.bits = 0;
    this.watcher = null;
    this.fetched = NOTHING;
    this.closeWhenIdle();
  }
  onOpened(error, descriptor) {
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
  fetch() {
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
  writeRest(rest) {
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
  fail(error, syscall) {
    if (this.isClosed) return;
    this.error = toTransportError(error, syscall, { path: this.path });
    this.bits &= ~WRITABLE;
    this.event(() => this.gain(FAILED));
  }
  /** A descriptor that a read or write still uses stays open until that is done. */
  closeWhenIdle() {
    if (this.descriptor < 0 || this.isFetching || this.isWriting) return;
    const { descriptor } = this;
    this.descriptor = -1;
    close(descriptor, () => {});
  }
  event(mark) {
    if (this.isClosed) return;
    this.context.driver.enter();
    mark();
    this.context.driver.leave();
  }
  gain(bits) {
    if ((this.bits & bits) === bits) return;
    this.bits |= bits;
    this.watcher?.onReadiness();
  }
}
const NOTHING = new Uint8Array(0);
