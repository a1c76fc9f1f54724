import type { TransportError } from '../core/errors.ts';
import { type Endpoint, type Received, type Watcher } from '../core/transport.ts';
import type { RealContext } from './real-context.ts';
export interface OpenedFile {
  /** Node's open flags, as text or bits. */
  readonly flags: string | number;
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /** Whether each write goes to the end. */
  readonly appends: boolean;
  readonly position: number;
}
export declare class RegularFile implements Endpoint {
  watcher: Watcher | null;
  readonly localAddress: null;
  readonly remoteAddress: null;
  private readonly context;
  private readonly path;
  private readonly how;
  private descriptor;
  private bits;
  private position;
  private chunk;
  private fetched;
  private isFetching;
  private isWriting;
  /** Counts writes: what was being read while one began is stale. */
  private generation;
  private hasShutdown;
  private isClosed;
  private error;
  /** `descriptor` is one that was opened already, and is the endpoint's from now on. */
  constructor(context: RealContext, path: string, how: OpenedFile, descriptor?: number | null);
  get readiness(): number;
  recv(sizeBytes: number): Received;
  send(data: Uint8Array): number;
  /** A file has no end of stream to send: nothing more is written. */
  shutdownWrite(): void;
  takeError(): TransportError | null;
  abort(): void;
  close(): void;
  private onOpened;
  /** Reads the next chunk ahead. */
  private fetch;
  private writeRest;
  private fail;
  /** A descriptor that a read or write still uses stays open until that is done. */
  private closeWhenIdle;
  private event;
  private gain;
}
