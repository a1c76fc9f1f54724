import type { Endpoint, OpenFileOptions } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import { Disk } from './disk.ts';
import { SimFile } from './files.ts';
import { type PipeEnd } from './pipe.ts';
import { type OpenedFile, Volume } from './volume.ts';
/** The two ends of a pipe(2), both open. */
export interface PipeEnds {
  readonly reader: Endpoint;
  readonly writer: Endpoint;
}
export declare class Storage {
  readonly volume: Volume;
  readonly disk: Disk;
  private readonly host;
  /** By what memfs has at their path: who has removed the name has removed the FIFO. */
  private readonly fifos;
  /** In the order in which they were opened. */
  private readonly held;
  private pipeCount;
  constructor(host: Host);
  open(file: string | number, options: OpenFileOptions): Endpoint;
  pipe(): PipeEnds;
  makeFifo(path: string): void;
  /** @internal */
  drop(endpoint: SimFile | PipeEnd): void;
  /** @internal Power is lost: what is on the disk stays, what was being written does not get there. */
  crash(): void;
  /** @internal Everything here that decides what comes, as text, for merging equal states. */
  stateText(): string;
  /** @internal Which file that is, and what is in it if no path leads to it any more. */
  inodeText(node: OpenedFile['node']): string;
  private newPipe;
  private fifoAt;
  private nodeAt;
  private hold;
}
