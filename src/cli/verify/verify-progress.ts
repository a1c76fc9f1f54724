import type { Job } from '../../harness/verify/job.ts';
import { group } from '../../sim/index.ts';

/** At most so often is the line on a terminal written anew. */
const REDRAW_MS = 100;

const BAR_WIDTH = 20;

/** From so much of the work on it is said how long the rest will take. */
const TOLD_FROM = 0.05;

const DEFAULT_COLUMNS = 80;

/** How much of a verification is done, from 0 to 1, by whichever of its limits is nearest. */
export function shareDone(
  jobs: readonly Job[],
  threads: number,
  done: { readonly jobs: number; readonly runs: number; readonly elapsedMs: number },
): number {
  const shares = [jobs.length === 0 ? 0 : done.jobs / jobs.length];
  const runs = sum(jobs, ({ options: { schedules, shard } }) => schedules! / (shard?.count ?? 1));
  // NaN where a job has no such limit.
  if (runs > 0) shares.push(done.runs / runs);
  const rounds = Math.ceil(jobs.length / threads);
  const budgetMs = (sum(jobs, ({ options }) => options.budgetMs!) / jobs.length) * rounds;
  if (budgetMs > 0) shares.push(done.elapsedMs / budgetMs);
  return Math.min(1, Math.max(...shares));
}

/** A bar with count, rate and estimate on a terminal, and nothing where there is none: there each result is a line of its own. */
export class VerifyProgress {
  private readonly stream: NodeJS.WriteStream;
  private readonly threads: number;
  private readonly startedMs = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private jobs: readonly Job[] = [];
  private doneCount = 0;
  private isDrawn = false;

  constructor(stream: NodeJS.WriteStream, threads: number) {
    this.stream = stream;
    this.threads = threads;
  }

  /** `runs` tells how many runs were made so far. */
  begin(jobs: readonly Job[], runs: () => number): void {
    this.jobs = jobs;
    if (this.stream.isTTY) this.timer = setInterval(() => this.draw(runs()), REDRAW_MS);
  }

  finish(_job: Job): void {
    this.doneCount += 1;
  }

  /** Prints a line of results above the progress. */
  print(text: string): void {
    this.clear();
    process.stdout.write(text);
  }

  /** Prints what is not a result above the progress. */
  note(text: string): void {
    this.clear();
    this.stream.write(text);
  }

  end(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private draw(runs: number): void {
    const elapsedMs = performance.now() - this.startedMs;
    const seconds = elapsedMs / 1000;
    const share = shareDone(this.jobs, this.threads, { jobs: this.doneCount, runs, elapsedMs });
    const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
    const left = share < TOLD_FROM ? '' : `, about ${((seconds * (1 - share)) / share).toFixed(0)} s left`;
    const line = `  ${bar} ${this.doneCount}/${this.jobs.length}  ${group(runs)} runs, ${group(runs / seconds)} a second, ${seconds.toFixed(0)} s${left}`;
    // A line that wraps could not be taken back.
    this.stream.write(`\r\x1b[K${line.slice(0, (this.stream.columns || DEFAULT_COLUMNS) - 1)}`);
    this.isDrawn = true;
  }

  private clear(): void {
    if (this.isDrawn) this.stream.write('\r\x1b[K');
    this.isDrawn = false;
  }
}

function sum(jobs: readonly Job[], value: (job: Job) => number): number {
  return jobs.reduce((total, job) => total + value(job), 0);
}
