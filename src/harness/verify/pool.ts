import { ArgumentError } from '../../core/index.ts';
import type { Report } from '../../sim/index.ts';
import { emptyReport, failedReport } from './failed-report.ts';
import { type Job, type ListedScenario, type Replayed, weightOf } from './job.ts';
import { whereStuck } from './stuck.ts';
import { Thread, ThreadLostError, type ThreadOptions } from './thread.ts';

export interface PoolOptions {
  /** Threads to use, at least 1. */
  readonly threads: number;
  /** How long one run may take, by the wall's clock; a run that takes longer is a failure. */
  readonly runTimeoutMs: number;
  /** How long the modules may take to load, by the wall's clock. */
  readonly loadTimeoutMs: number;
  /** Told what scenarios print. */
  readonly onOutput: (text: string) => void;
}

/** How long searches may take to end when they are asked to. */
const GRACE_MS = 5000;

/** How long a thread that is stuck may take to say where. */
const ASK_MS = 3000;

/** What a program has broken by which its thread was lost. */
export function lawOf(how: ThreadLostError['how']): string {
  if (how === 'stuck') return 'every run ends';
  return how === 'memory' ? 'a search has enough memory' : 'a program leaves its process alone';
}

/** Worker threads, the only place where scenario modules are loaded and run. */
export class Pool {
  private readonly options: PoolOptions & ThreadOptions;
  private readonly threads: Thread[];
  private finished = 0;
  private isStopping = false;
  private isSearching = false;
  private graceTimer: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions) {
    this.options = { ...options, whereStuck: (worker) => whereStuck(worker, ASK_MS) };
    this.threads = [new Thread(this.options)];
  }

  /** How many runs were made so far. */
  get runs(): number {
    return this.threads.reduce((sum, thread) => sum + thread.runs, this.finished);
  }

  /** The scenarios that these modules export. Throws ArgumentError for what is not right with them. */
  async list(modules: readonly string[]): Promise<readonly ListedScenario[]> {
    try {
      return await this.threads[0].carryOut({ kind: 'list', modules });
    } catch (error) {
      if (!(error instanceof ThreadLostError) || error.how === 'stopped') throw error;
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `${modules.join(', ')} cannot be loaded: ${error.message}`,
      );
    }
  }

  replay(modules: readonly string[], schedule: string): Promise<Replayed> {
    return this.threads[0].carryOut({ kind: 'replay', modules, schedule });
  }

  /** Carries out jobs, the long ones first. `onReport` is told of each that is done, in the order in which they end. */
  async explore(jobs: readonly Job[], onReport: (job: Job, report: Report) => void): Promise<void> {
    this.isSearching = true;
    const waiting = jobs
      .map((job, index) => ({ job, index }))
      .sort((a, b) => weightOf(b.job) - weightOf(a.job) || a.index - b.index)
      .map(({ job }) => job);
    while (this.threads.length < Math.min(this.options.threads, jobs.length))
      this.threads.push(new Thread(this.options));
    const work = async (thread: Thread): Promise<void> => {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
        if (this.isStopping) return;
        const report = await this.reportOf(thread, job);
        this.finished += report.schedules;
        onReport(job, report);
      }
    };
    await Promise.all(this.threads.map(work));
  }

  /** Ends all searches soon, and begins no new ones; what was done until then is reported. */
  stop(): void {
    this.isStopping = true;
    for (const thread of this.threads) thread.askToStop();
    // Modules that are being loaded have nothing to report.
    this.graceTimer = setTimeout(() => void this.end(), this.isSearching ? GRACE_MS : 0);
  }

  /** Ends all threads. False if one of them cannot be ended, so that the process can only be killed. */
  async end(): Promise<boolean> {
    clearTimeout(this.graceTimer);
    await Promise.all(this.threads.map((thread) => thread.end()));
    return this.threads.every((thread) => !thread.isHeld);
  }

  private async reportOf(thread: Thread, job: Job): Promise<Report> {
    const startedMs = performance.now();
    try {
      return await thread.carryOut({ kind: 'explore', job });
    } catch (error) {
      if (!(error instanceof ThreadLostError)) throw error;
      const { how, message, runs, stuck } = error;
      const done = { runs, durationMs: performance.now() - startedMs };
      // The run under way has shown nothing.
      if (how === 'stopped')
        return emptyReport(job, undefined, 'the search was stopped', {
          ...done,
          runs: Math.max(0, runs - 1),
        });
      const law = lawOf(how);
      return failedReport(job, undefined, { law, message }, done, stuck?.run ?? null);
    }
  }
}
