// A file of a host: what memfs holds, behind the endpoint interface. As on a real machine, a write is accepted at once,
// and its failure is told afterwards; a file has one position, of the next byte to hand over or to overwrite.
import { checkInteger, checkOptions, checkText, show } from '../../core/arguments.js';
import { ArgumentError, TransportError } from '../../core/errors.js';
import { END_OF_STREAM, Readiness, WOULD_BLOCK } from '../../core/transport.js';
import { SHORT_READ, SHORT_SEND } from '../decisions/label.js';

const { READABLE, WRITABLE, FAILED, OPEN } = Readiness;
/** As much as one recv gives, and one send takes: what the real backend reads ahead. */
const CHUNK_BYTES_MAX = 64 * 1024;
const FLAGS = ['r', 'w', 'a', 'r+', 'w+', 'a+'];
/** Opens a file of `host` as an endpoint. What the volume answers arrives as readiness. */
export function openSimFile(host, file, options) {
  checkOptions('options', options);
  const { flags = 'r' } = options;
  if (!FLAGS.includes(flags))
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `flags must be one of ${FLAGS.join(', ')}, got ${show(flags)}`,
    );
  if (typeof file === 'number') checkInteger('file', file, 0);
  else checkText('file', file);
  return host.storage.open(file, options);
}
export class SimFile {
  constructor(host, storage, file, flags) {
    this.readiness = 0;
    this.watcher = null;
    this.localAddress = null;
    this.remoteAddress = null;
    this.file = null;
    /** What was opened here, and is closed here; a descriptor given by number stays the caller's. */
    this.descriptor = -1;
    this.position = 0;
    /** What has been accepted and is not yet written. */
    this.writing = null;
    this.isReadDue = false;
    /** What it waits for: opening, or the disk with a write or its failure; and the disk with a read. */
    this.waiting = null;
    this.reading = null;
    /** With what a write has failed that nobody has been told of yet. */
    this.failing = '';
    this.hasShutdown = false;
    this.isClosed = false;
    this.failure = null;
    this.host = host;
    this.storage = storage;
    this.name = file;
    this.flags = flags;
    // At once, as dup(2) would: the caller may close its own right afterwards.
    if (typeof file === 'number') this.file = storage.volume._core.fds[file] ?? null;
    this.wait(storage.disk.delayMs('open'), () => this.open());
  }
  recv(sizeBytes) {
    if ((this.readiness & READABLE) === 0 || this.file === null) return WOULD_BLOCK;
    if (sizeBytes === 0) return new Uint8Array(0);
    if (this.isSlow()) return WOULD_BLOCK;
    const { network } = this.host;
    network.effects += 1;
    this.isReadDue = false;
    const size = Math.min(sizeBytes, CHUNK_BYTES_MAX, this.file.getSize() - this.position);
    const { code } = this.storage.disk.judge('read', size, 0);
    if (code !== null) {
      this.fail(code, 'read');
      return WOULD_BLOCK;
    }
    if (size <= 0) return END_OF_STREAM;
    const taken = this.cutShort(SHORT_READ, size, 'a file read gives');
    const buffer = Buffer.alloc(taken);
    this.position += this.file.read(buffer, 0, taken, this.position);
    return buffer;
  }
  send(data) {
    if ((this.readiness & WRITABLE) === 0 || data.length === 0) return 0;
    const size = this.cutShort(SHORT_SEND, Math.min(data.length, CHUNK_BYTES_MAX), 'a file write takes');
    this.host.network.effects += 1;
    this.writing = data.slice(0, size);
    const delayMs = this.storage.disk.delayMs('write');
    // Where power may be lost, a turn that was told "accepted" ends before it is written.
    if (delayMs === 0 && this.host.failures?.mayCrash !== true) this.write();
    else {
      this.readiness &= ~(WRITABLE | READABLE);
      this.wait(delayMs, () => this.write());
    }
    return size;
  }
  takeError() {
    if ((this.readiness & FAILED) === 0) return null;
    const { failure } = this;
    this.failure = null;
    this.readiness &= ~FAILED;
    return failure;
  }
  /** A file has no end of stream to send: nothing more is written. */
  shutdownWrite() {
    this.hasShutdown = true;
    this.readiness &= ~WRITABLE;
  }
  abort() {
    this.close();
  }
  /** What was accepted is still written; that it fails is told to nobody, as by close(2). */
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
    if (this.writing === null) this.release();
  }
  /** @internal Power is lost. */
  forget() {
    this.writing = null;
    this.isClosed = true;
    this.readiness = 0;
    this.release();
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    const { name, flags, position, readiness, writing, isReadDue, isClosed, hasShutdown, failure, file } =
      this;
    const bits = `${isReadDue ? 'r' : ''}${isClosed ? 'c' : ''}${hasShutdown ? 's' : ''}${file === null ? 'n' : ''}`;
    const content = writing === null ? '' : Buffer.from(writing).toString('latin1');
    const waits = `${this.waiting?.rank ?? ''},${this.reading?.rank ?? ''},${this.failing}`;
    const inode = file === null ? '' : this.storage.inodeText(file.node);
    return `${name} ${flags} ${position} ${readiness} ${bits} ${waits} ${failure?.code ?? ''} ${content} ${inode}`;
  }
  open() {
    if (this.isClosed) return;
    const code = this.storage.disk.judgeOpen(typeof this.name === 'string' && this.flags !== 'r');
    if (code !== null) this.fail(code, 'open');
    else if (typeof this.name === 'number') this.onOpened(this.file);
    else this.openPath(this.name);
  }
  openPath(path) {
    const { volume } = this.storage;
    const exhausted = this.host.limited?.whyNoSocket() ?? null;
    if (exhausted !== null) {
      this.fail(exhausted, 'open');
      return;
    }
    if (this.host.paths?.isSocket(path) === true) {
      this.fail('ENXIO', 'open');
      return;
    }
    try {
      this.host.openFiles += 1;
      this.descriptor = Number(volume.openSync(path, this.flags));
      const opened = volume._core.fds[this.descriptor];
      // Reading it is what would tell; as nothing can be read of it, it is told at once.
      if (volume.statSync(path).isDirectory()) this.fail('EISDIR', 'read');
      else this.onOpened(opened);
    } catch (error) {
      const { code } = error;
      if (code === undefined) throw error;
      this.host.openFiles -= 1;
      this.fail(code, 'open');
    }
  }
  onOpened(file) {
    if (file === null) {
      this.fail('EBADF', 'open');
      return;
    }
    this.file = file;
    const access = file.flags & O_ACCMODE;
    if (typeof this.name === 'number') this.position = file.position;
    const mayWrite = access !== O_RDONLY && !this.hasShutdown;
    this.gain(OPEN | (access === O_WRONLY ? 0 : READABLE) | (mayWrite ? WRITABLE : 0));
  }
  /** What was accepted takes place, or fails. */
  write() {
    const { file, writing } = this;
    if (file === null || writing === null) return;
    const size = file.getSize();
    const at = (file.flags & O_APPEND) !== 0 ? size : this.position;
    const verdict = this.storage.disk.judge('write', writing.length, at + writing.length - size);
    file.write(Buffer.from(writing), 0, verdict.sizeBytes, at);
    this.position = at + verdict.sizeBytes;
    this.writing = null;
    if (this.isClosed) this.release();
    else if (verdict.code !== null) this.failSoon(verdict.code);
    else this.gain(this.bitsWhenIdle());
  }
  /** Accepted first, failed afterwards. */
  failSoon(code) {
    this.readiness &= ~(WRITABLE | READABLE);
    this.failing = code;
    this.wait(0, () => {
      if (!this.isClosed) this.fail(code, 'write');
    });
  }
  bitsWhenIdle() {
    const access = this.file.flags & O_ACCMODE;
    return (access === O_WRONLY ? 0 : READABLE) | (this.hasShutdown || access === O_RDONLY ? 0 : WRITABLE);
  }
  /** Whether the disk is slow with the next read: then it becomes readable later. Asked once a read. */
  isSlow() {
    if (this.isReadDue) return false;
    const delayMs = this.storage.disk.delayMs('read');
    if (delayMs === 0) return false;
    this.readiness &= ~READABLE;
    this.host.network.effects += 1;
    this.reading = this.host.clock.setTimer(delayMs, () => {
      this.reading = null;
      this.isReadDue = true;
      if (!this.isClosed && this.failure === null && this.writing === null) this.gain(READABLE);
    });
    return true;
  }
  wait(delayMs, action) {
    this.waiting = this.host.clock.setTimer(delayMs, () => {
      this.waiting = null;
      action();
    });
  }
  cutShort(label, size, verb) {
    const { network } = this.host;
    if (size < 2 || (network.mask & (1 << label.index)) === 0) return size;
    const fewer = network.decisions.decide(label, size);
    if (fewer > 0 && network.countFault(label))
      network.tellFault(this.host.name, `${verb} ${size - fewer} of ${size} bytes`);
    return size - fewer;
  }
  gain(bits) {
    if (this.isClosed) return;
    this.readiness |= bits;
    this.host.network.effects += 1;
    this.watcher?.onReadiness();
  }
  fail(code, syscall) {
    const path = typeof this.name === 'string' ? this.name : `descriptor ${this.name}`;
    this.failure = new TransportError(code, { syscall, path });
    this.readiness = FAILED | (this.readiness & OPEN);
    this.host.network.effects += 1;
    this.watcher?.onReadiness();
  }
  release() {
    this.storage.drop(this);
    this.file = null;
    if (this.descriptor < 0) return;
    this.host.openFiles -= 1;
    this.storage.volume.closeSync(this.descriptor);
    this.descriptor = -1;
  }
}
/** Open flags of Linux (fcntl.h), which are memfs's. */
const O_RDONLY = 0;
const O_WRONLY = 1;
const O_ACCMODE = 3;
const O_APPEND = 0o2000;
