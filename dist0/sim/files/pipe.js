import { TransportError } from '../../core/errors.js';
import { END_OF_STREAM, Readiness, WOULD_BLOCK } from '../../core/transport.js';
import { SHORT_READ, SHORT_SEND } from '../decisions/label.js';
import { StreamBuffer } from '../tcp/stream-buffer.js';

const { READABLE, WRITABLE, FAILED, OPEN } = Readiness;
/** Linux's default (pipe(7), F_GETPIPE_SZ). */
export const PIPE_BYTES = 65536;
/** A write of up to so many bytes is atomic (pipe(7)): it is accepted whole, or, where there is less room, not at all. */
const PIPE_BUF = 4096;
export class Pipe {
  constructor(host, storage, number) {
    this.readers = new Set();
    this.writers = new Set();
    /** A reader that came first waits for a writer instead of being at the end. */
    this.hasHadWriter = false;
    this.host = host;
    this.storage = storage;
    this.number = number;
    this.buffer = new StreamBuffer(host.network.arena);
  }
  /** As open(2) with O_NONBLOCK: a FIFO without a reader cannot be opened for writing alone (fifo(7)). */
  open(flags, path) {
    const mayRead = flags === 'r' || flags.endsWith('+');
    const end = new PipeEnd(this, this.storage, mayRead, flags !== 'r', path);
    end.opening = this.host.clock.setTimer(0, () => {
      end.opening = null;
      if (end.isClosed) return;
      if (!mayRead && this.readers.size === 0) end.fail('ENXIO', 'open');
      else this.admit(end);
    });
    return end;
  }
  openReader() {
    const end = new PipeEnd(this, this.storage, true, false, 'pipe');
    this.admit(end);
    return end;
  }
  openWriter() {
    const end = new PipeEnd(this, this.storage, false, true, 'pipe');
    this.admit(end);
    return end;
  }
  get roomBytes() {
    return PIPE_BYTES - (this.buffer.written - this.buffer.read);
  }
  get unread() {
    return this.buffer.delivered - this.buffer.read;
  }
  /** Whether nobody is left, or comes, to write. */
  get hasEnded() {
    return this.writers.size === 0 && this.hasHadWriter;
  }
  /** Tells both sides what they can do now. */
  refresh() {
    for (const end of this.readers) end.refresh();
    for (const end of this.writers) end.refresh();
  }
  /** Its state without its ends, as text, for merging equal states. */
  stateText() {
    return `${this.number}${this.hasHadWriter ? 'w' : ''}${this.buffer.contentText()}`;
  }
  leave(end) {
    this.readers.delete(end);
    this.writers.delete(end);
    // Without any end, what is left in it is gone; the next to open it begin anew.
    if (this.readers.size + this.writers.size === 0) {
      this.buffer.read = this.buffer.written;
      this.buffer.delivered = this.buffer.written;
      this.hasHadWriter = false;
    }
    this.refresh();
  }
  admit(end) {
    if (end.mayRead) this.readers.add(end);
    if (end.mayWrite) {
      this.writers.add(end);
      this.hasHadWriter = true;
    }
    end.open();
    this.refresh();
  }
}
export class PipeEnd {
  constructor(pipe, storage, mayRead, mayWrite, name) {
    this.readiness = 0;
    this.watcher = null;
    this.localAddress = null;
    this.remoteAddress = null;
    this.isClosed = false;
    /** @internal Set until it is open. */
    this.opening = null;
    this.failure = null;
    this.hasShutdown = false;
    this.pipe = pipe;
    this.storage = storage;
    this.mayRead = mayRead;
    this.mayWrite = mayWrite;
    this.name = name;
  }
  recv(sizeBytes) {
    const { pipe } = this;
    if (!this.mayRead || (this.readiness & OPEN) === 0) return WOULD_BLOCK;
    if (pipe.unread === 0) return pipe.hasEnded ? END_OF_STREAM : WOULD_BLOCK;
    const { network } = pipe.host;
    let size = Math.min(sizeBytes, pipe.unread);
    if (size < 1) return new Uint8Array(0);
    size = this.cutShort(SHORT_READ, size, 'recv gives');
    pipe.host.noteViewed(pipe.buffer);
    const view = pipe.buffer.take(size);
    network.effects += 1;
    pipe.refresh();
    return view;
  }
  send(data) {
    const { pipe } = this;
    if ((this.readiness & WRITABLE) === 0 || data.length === 0) return 0;
    let size = Math.min(data.length, pipe.roomBytes);
    if (data.length > PIPE_BUF) size = this.cutShort(SHORT_SEND, size, 'send accepts');
    pipe.buffer.write(data, size);
    pipe.buffer.delivered = pipe.buffer.written;
    pipe.host.network.effects += 1;
    pipe.refresh();
    return size;
  }
  takeError() {
    if ((this.readiness & FAILED) === 0) return null;
    const { failure } = this;
    this.failure = null;
    this.readiness &= ~FAILED;
    return failure;
  }
  /** A pipe has one direction: the writer's end of stream is its closing. */
  shutdownWrite() {
    if (this.hasShutdown) return;
    this.hasShutdown = true;
    this.readiness &= ~WRITABLE;
    this.pipe.writers.delete(this);
    this.pipe.refresh();
  }
  abort() {
    this.close();
  }
  close() {
    if (this.isClosed) return;
    const bits = this.readiness;
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
    this.storage.drop(this);
    if ((bits & OPEN) !== 0) this.pipe.host.openFiles -= 1;
    this.pipe.leave(this);
  }
  /** @internal Power is lost. */
  forget() {
    this.close();
  }
  /** @internal */
  open() {
    this.readiness |= OPEN;
    this.pipe.host.openFiles += 1;
    this.notify();
  }
  /** @internal */
  fail(code, syscall) {
    if (this.failure !== null) return;
    this.failure = new TransportError(code, { syscall, path: this.name });
    this.readiness = FAILED | (this.readiness & OPEN);
    this.notify();
  }
  /** @internal What it can do now, after something has changed at either end. */
  refresh() {
    if (this.isClosed || (this.readiness & (OPEN | FAILED)) !== OPEN) return;
    const { pipe } = this;
    const before = this.readiness;
    if (this.mayRead && (pipe.unread > 0 || pipe.hasEnded)) this.readiness |= READABLE;
    else this.readiness &= ~READABLE;
    if (this.mayWrite && !this.hasShutdown && pipe.readers.size === 0) this.fail('EPIPE', 'write');
    else if (this.mayWrite && !this.hasShutdown && pipe.roomBytes >= PIPE_BUF) this.readiness |= WRITABLE;
    else this.readiness &= ~WRITABLE;
    if ((this.readiness & ~before) !== 0) this.notify();
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    const { name, mayRead, mayWrite, readiness, hasShutdown, failure, opening } = this;
    const bits = `${mayRead ? 'r' : ''}${mayWrite ? 'w' : ''}${hasShutdown ? 's' : ''}${opening?.rank ?? ''}`;
    return `${name} ${bits} ${readiness} ${failure?.code ?? ''} ${this.pipe.stateText()}`;
  }
  toString() {
    return `${this.name} of ${this.pipe.host.name}`;
  }
  cutShort(label, size, verb) {
    const { network } = this.pipe.host;
    if (size < 2 || (network.mask & (1 << label.index)) === 0) return size;
    const fewer = network.decisions.decide(label, size);
    if (fewer !== 0 && network.countFault(label))
      network.tellFault(this, `${verb} ${size - fewer} of ${size} bytes`);
    return size - fewer;
  }
  notify() {
    this.pipe.host.network.effects += 1;
    this.watcher?.onReadiness();
  }
}
