import type { Worker } from 'node:worker_threads';
import type { ToldRun } from './job.ts';
/** What a thread that does not end was doing. */
export interface Stuck {
  /** The call stack of the program, innermost first: `handleRead (/home/me/client.ts:12:5)`. */
  readonly stack: readonly string[];
  readonly run: ToldRun | null;
}
/** In the worker: lets `whereStuck` ask what run is under way. */
export declare function publishRun(tell: () => ToldRun | null): void;
/** Pauses a worker in the midst of what it does. Null if that was not possible within `timeoutMs`. */
export declare function whereStuck(worker: Worker, timeoutMs: number): Promise<Stuck | null>;
