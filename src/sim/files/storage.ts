// What a host has to do with files, made when the first is used: a volume, a disk, FIFOs, and what is open.
import { checkText } from '../../core/arguments.ts';
import { ArgumentError } from '../../core/errors.ts';
import type { Endpoint, OpenFileOptions } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import { Disk } from './disk.ts';
import { SimFile } from './files.ts';
import { Pipe, type PipeEnd } from './pipe.ts';
import { type OpenedFile, Volume } from './volume.ts';

/** The two ends of a pipe(2), both open. */
export interface PipeEnds {
  readonly reader: Endpoint;
  readonly writer: Endpoint;
}

export class Storage {
  readonly volume = new Volume();
  readonly disk: Disk;
  private readonly host: Host;
  /** By what memfs has at their path: who has removed the name has removed the FIFO. */
  private readonly fifos = new Map<OpenedFile['node'], Pipe>();
  /** In the order in which they were opened. */
  private readonly held = new Set<SimFile | PipeEnd>();
  private pipeCount = 0;

  constructor(host: Host) {
    this.host = host;
    this.disk = new Disk(host, this.volume);
    host.paths?.showIn(this.volume as never);
  }

  open(file: string | number, options: OpenFileOptions): Endpoint {
    const { flags = 'r' } = options;
    const pipe = typeof file === 'string' ? this.fifoAt(file) : undefined;
    if (pipe !== undefined) return this.hold(pipe.open(flags, file as string));
    return this.hold(new SimFile(this.host, this, file, flags));
  }

  pipe(): PipeEnds {
    const pipe = this.newPipe();
    const [reader, writer] = [pipe.openReader(), pipe.openWriter()];
    return { reader: this.hold(reader), writer: this.hold(writer) };
  }

  makeFifo(path: string): void {
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
        `${path} cannot be made on ${this.host} (${(error as { code?: string }).code}); give an absolute path in a directory that is there`,
      );
    }
    this.fifos.set(this.nodeAt(path), this.newPipe());
  }

  /** @internal */
  drop(endpoint: SimFile | PipeEnd): void {
    this.held.delete(endpoint);
  }

  /** @internal Power is lost: what is on the disk stays, what was being written does not get there. */
  crash(): void {
    for (const endpoint of [...this.held]) endpoint.forget();
  }

  /** @internal Everything here that decides what comes, as text, for merging equal states. */
  stateText(): string {
    let text = this.disk.stateText();
    for (const endpoint of this.held) text += `\n${endpoint.stateText()}`;
    for (const [node, pipe] of this.fifos) text += `\n${node.ino}|${pipe.stateText()}`;
    return text;
  }

  /** @internal Which file that is, and what is in it if no path leads to it any more. */
  inodeText(node: OpenedFile['node']): string {
    return node.nlink > 0 ? String(node.ino) : `${node.ino}=${node.getBuffer().toString('latin1')}`;
  }

  private newPipe(): Pipe {
    this.pipeCount += 1;
    return new Pipe(this.host, this, this.pipeCount);
  }

  private fifoAt(path: string): Pipe | undefined {
    if (this.fifos.size === 0 || !this.volume.existsSync(path)) return undefined;
    return this.fifos.get(this.nodeAt(path));
  }

  private nodeAt(path: string): OpenedFile['node'] {
    const descriptor = Number(this.volume.openSync(path, 'r'));
    const { node } = this.volume._core.fds[descriptor];
    this.volume.closeSync(descriptor);
    return node;
  }

  private hold<T extends SimFile | PipeEnd>(endpoint: T): T {
    this.held.add(endpoint);
    return endpoint;
  }
}
