import { Worker } from 'node:worker_threads';
import { FoulweatherError } from '../../core/index.ts';
import type { Report } from '../../sim/index.ts';
import { type Job, type WorkerMessage, weightOf } from './job.ts';

export interface PoolOptions {
  /** Threads to use, at least 1. */
  readonly threads: number;
  /** Told how many schedules all jobs together have run. */
  readonly onProgress: (schedules: number) => void;
  /** Told of each job that is done, in the order in which they end. */
  readonly onReport: (job: Job, report: Report) => void;
}

/** Runs jobs on worker threads, the long ones first. The reports come back in the order of the jobs. */
export async function runJobs(jobs: readonly Job[], options: PoolOptions): Promise<Report[]> {
  const reports: Report[] = new Array(jobs.length);
  const waiting = jobs
    .map((job, index) => ({ job, index }))
    .sort((a, b) => weightOf(b.job) - weightOf(a.job) || a.index - b.index);
  const running = new Map<number, number>();
  let finished = 0;
  const tell = (): void =>
    options.onProgress([...running.values()].reduce((sum, count) => sum + count, finished));

  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.js', import.meta.url));
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { job, index } = next;
        const report = await runOn(worker, job, (schedules) => {
          running.set(index, schedules);
          tell();
        });
        running.delete(index);
        finished += report.schedules;
        reports[index] = report;
        options.onReport(job, report);
        tell();
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.threads, jobs.length) }, work));
  return reports;
}

function runOn(worker: Worker, job: Job, onProgress: (schedules: number) => void): Promise<Report> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: WorkerMessage): void => {
      if (message.kind === 'progress') onProgress(message.schedules);
      else if (message.kind === 'report') settle(() => resolve(message.report));
      else settle(() => reject(new FoulweatherError('ERR_WORKER', `${job.scenario}: ${message.message}`)));
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const settle = (then: () => void): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      then();
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(job);
  });
}
