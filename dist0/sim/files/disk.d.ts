import type { Host } from '../host.ts';
import { type Latency } from '../link/latency.ts';
import type { Volume } from './volume.ts';
/** What is done with a file. */
export type FileOperation = 'open' | 'read' | 'write';
export interface DiskFailure {
  readonly on: FileOperation;
  /** The errno name that the program gets. Default `EIO`. */
  readonly code?: string;
}
/** What becomes of one operation: how many bytes of it take place, and what it fails with afterwards, or null. */
export interface Verdict {
  readonly sizeBytes: number;
  readonly code: string | null;
}
/** With what an operation can fail by decision, after what part of it; the first is choice 1. See open(2), read(2), write(2). */
declare const BY_DECISION: Readonly<
  Record<FileOperation | 'create', readonly (readonly [code: string, isHalf: boolean])[]>
>;
export declare class Disk {
  private readonly host;
  private readonly volume;
  private capacityBytes;
  private delayMsMin;
  private jitterMs;
  private readonly failures;
  constructor(host: Host, volume: Volume);
  /** How many bytes all files together may have; a write beyond is cut short, and then ENOSPC (write(2)). Infinity: any. */
  capacity(options: { readonly bytes: number }): this;
  /** Delays each operation from now on by a whole number of milliseconds; the draw is a decision, 0 is the least. */
  latency(options: Latency): this;
  /** Fails the next `count` operations of a kind. */
  failNext(count: number, failure: DiskFailure): this;
  /** How many bytes all files together have. */
  get usedBytes(): number;
  /** @internal How long the next operation takes, in milliseconds. */
  delayMs(operation: FileOperation): number;
  /** @internal The code that opening fails with, or null. */
  judgeOpen(isForWriting: boolean): string | null;
  /** @internal What becomes of an operation on `sizeBytes` bytes that makes a file larger by `growthBytes`. */
  judge(
    operation: FileOperation,
    sizeBytes: number,
    growthBytes: number,
    kind?: keyof typeof BY_DECISION,
  ): Verdict;
  /** @internal What is on it and what it will do, as text, for merging equal states. */
  stateText(): string;
  toString(): string;
  /** Where the family `disk` may deviate: the operation fails, at once or half way. */
  private decide;
  /** A file may have several paths, and be open under none. */
  private inodeOf;
  private contents;
  private notePlan;
}
