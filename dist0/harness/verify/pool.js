import { ArgumentError } from '../../core/index.js';
import { emptyReport, failedReport } from './failed-report.js';
import { weightOf } from './job.js';
import { whereStuck } from './stuck.js';
import { Thread, ThreadLostError } from './thread.js';

/** How long searches may take to end when they are asked to. */
const GRACE_MS = 5000;
/** How long a thread that is stuck may take to say where. */
const ASK_MS = 3000;
/** Worker threads, the only place where scenario modules are loaded and run. */
export class Pool {
  constructor(options) {
    this.finished = 0;
    this.isStopping = false;
    this.options = { ...options, whereStuck: (worker) => whereStuck(worker, ASK_MS) };
    this.threads = [new Thread(this.options)];
  }
  /** How many runs were made so far. */
  get runs() {
    return this.threads.reduce((sum, thread) => sum + thread.runs, this.finished);
  }
  /** The scenarios that these modules export. Throws ArgumentError for what is not right with them. */
  async list(modules) {
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
  replay(modules, schedule) {
    return this.threads[0].carryOut({ kind: 'replay', modules, schedule });
  }
  /** Carries out jobs, the long ones first. `onReport` is told of each that is done, in the order in which they end. */
  async explore(jobs, onReport) {
    const waiting = jobs
      .map((job, index) => ({ job, index }))
      .sort((a, b) => weightOf(b.job) - weightOf(a.job) || a.index - b.index)
      .map(({ job }) => job);
    while (this.threads.length < Math.min(this.options.threads, jobs.length))
      this.threads.push(new Thread(this.options));
    const work = async (thread) => {
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
  stop() {
    this.isStopping = true;
    for (const thread of this.threads) thread.askToStop();
    this.graceTimer = setTimeout(() => void this.end(), GRACE_MS);
  }
  async end() {
    clearTimeout(this.graceTimer);
    await Promise.all(this.threads.map((thread) => thread.end()));
  }
  async reportOf(thread, job) {
    const startedMs = performance.now();
    try {
      return await thread.carryOut({ kind: 'explore', job });
    } catch (error) {
      if (!(error instanceof ThreadLostError)) throw error;
      const { how, message, runs, stuck } = error;
      const done = { runs, durationMs: performance.now() - startedMs };
      if (how === 'stopped') return emptyReport(job, undefined, 'the search was stopped', done);
      const law = how === 'stuck' ? 'every run ends' : 'a program leaves its process alone';
      return failedReport(job, undefined, { law, message }, done, stuck?.run ?? null);
    }
  }
}
