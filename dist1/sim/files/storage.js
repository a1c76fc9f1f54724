// What a host has to do with files, made when the first is used: a volume, a disk, FIFOs, and what is open.
import { checkText } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { Disk } from './disk.js';
import { SimFile } from './files.js';
import { Pipe } from './pipe.js';
import { Volume } from './volume.js';
export class Storage {
  constructor(host) {
    this.volume = new Volume();
    /** By what memfs has at their path: who has removed the name has removed the FIFO. */
    this.fifos = new Map();
    /** In the order in which they were opened. */
    this.held = new Set();
    this.pipeCount = 0;
    this.host = host;
    this.disk = new Disk(host, this.volume);
    host.paths?.showIn(this.volume);
  }
  open(file, options) {
    const { flags = 'r' } = options;
    const pipe = typeof file === 'string' ? this.fifoAt(file) : undefined;
    if (pipe !== undefined) return this.hold(pipe.open(flags, file));
    return this.hold(new SimFile(this.host, this, file, flags));
  }
  pipe() {
    const pipe = this.newPipe();
    const [reader, writer] = [pipe.openReader(), pipe.openWriter()];
    return { reader: this.hold(reader), writer: this.hold(writer) };
  }
  makeFifo(path) {
    checkText('path', path);
    if (this.volume.existsSync(path))
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `${path} exists already on ${this.host}; remove it first (EEXIST)`,
      );
    try {
      this.volume.writeFileSync(path, '');
    } catch (error) {
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `${path} cannot be made on ${this.host} (${error.code}); give an absolute path in a directory that is there`,
      );
    }
    this.fifos.set(this.nodeAt(path), this.newPipe());
  }
  /** @internal */
  drop(endpoint) {
    this.held.delete(endpoint);
  }
  /** @internal Power is lost: what is on the disk stays, what was being written does not get there. */
  crash() {
    for (const endpoint of [...this.held]) endpoint.forget();
  }
  /** @internal Everything here that decides what comes, as text, for merging equal states. */
  stateText() {
    let text = this.disk.stateText();
    for (const endpoint of this.held) text += `\n${endpoint.stateText()}`;
    for (const [node, pipe] of this.fifos) text += `\n${node.ino}|${pipe.stateText()}`;
    return text;
  }
  /** @internal Which file that is, and what is in it if no path leads to it any more. */
  inodeText(node) {
    return node.nlink > 0 ? String(node.ino) : `${node.ino}=${node.getBuffer().toString('latin1')}`;
  }
  newPipe() {
    this.pipeCount += 1;
    return new Pipe(this.host, this, this.pipeCount);
  }
  fifoAt(path) {
    if (this.fifos.size === 0 || !this.volume.existsSync(path)) return undefined;
    return this.fifos.get(this.nodeAt(path));
  }
  nodeAt(path) {
    const descriptor = Number(this.volume.openSync(path, 'r'));
    const { node } = this.volume._core.fds[descriptor];
    this.volume.closeSync(descriptor);
    return node;
  }
  hold(endpoint) {
    this.held.add(endpoint);
    return endpoint;
  }
}
