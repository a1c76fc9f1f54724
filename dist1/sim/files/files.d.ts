import { TransportError } from '../../core/errors.ts';
import { type Endpoint, type OpenFileOptions, type Received, type Watcher } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import type { Storage } from './storage.ts';
/** Opens a file of `host` as an endpoint. What the volume answers arrives as readiness. */
export declare function openSimFile(host: Host, file: string | number, options: OpenFileOptions): Endpoint;
export declare class SimFile implements Endpoint {
  readiness: number;
  watcher: Watcher | null;
  readonly localAddress: null;
  readonly remoteAddress: null;
  private readonly host;
  private readonly storage;
  private readonly name;
  private readonly flags;
  private file;
  /** What was opened here, and is closed here; a descriptor given by number stays the caller's. */
  private descriptor;
  private position;
  /** What has been accepted and is not yet written. */
  private writing;
  private isReadDue;
  /** What it waits for: opening, or the disk with a write or its failure; and the disk with a read. */
  private waiting;
  private reading;
  /** With what a write has failed that nobody has been told of yet. */
  private failing;
  private hasShutdown;
  private isClosed;
  private failure;
  constructor(host: Host, storage: Storage, file: string | number, flags: string);
  recv(sizeBytes: number): Received;
  send(data: Uint8Array): number;
  takeError(): TransportError | null;
  /** A file has no end of stream to send: nothing more is written. */
  shutdownWrite(): void;
  abort(): void;
  /** What was accepted is still written; that it fails is told to nobody, as by close(2). */
  close(): void;
  /** @internal Power is lost. */
  forget(): void;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  private open;
  private openPath;
  private onOpened;
  /** What was accepted takes place, or fails. */
  private write;
  /** Accepted first, failed afterwards. */
  private failSoon;
  private bitsWhenIdle;
  /** Whether the disk is slow with the next read: then it becomes readable later. Asked once a read. */
  private isSlow;
  private wait;
  private cutShort;
  private gain;
  private fail;
  private release;
}
