import type { Job } from '../../harness/verify/job.ts';
/** A bar with count, rate and estimate on a terminal, and nothing where there is none: there each result is a line of its own. */
export declare class VerifyProgress {
  private readonly stream;
  private readonly startedMs;
  private timer;
  private jobCount;
  private doneCount;
  private isDrawn;
  constructor(stream: NodeJS.WriteStream);
  /** `runs` tells how many runs were made so far. */
  begin(jobs: readonly Job[], runs: () => number): void;
  finish(_job: Job): void;
  /** Prints a line of results above the progress. */
  print(text: string): void;
  /** Prints what is not a result above the progress. */
  note(text: string): void;
  end(): void;
  private draw;
  private clear;
}
