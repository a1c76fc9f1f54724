import { type Report } from '../../sim/index.ts';
import type { Job, ToldRun } from './job.ts';
/** How much was done before a search was broken off. */
export interface Done {
  readonly runs: number;
  readonly durationMs: number;
}
/** A report where the search itself could not make one. */
export declare function emptyReport(job: Job, title: string | undefined, why: string, done: Done): Report;
/** The report of a search that ended because something other than a law was broken. */
export declare function failedReport(
  job: Job,
  title: string | undefined,
  failure: {
    readonly law: string;
    readonly message: string;
  },
  done: Done,
  told?: ToldRun | null,
): Report;
