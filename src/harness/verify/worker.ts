// A worker thread: takes one job after another, and sends back progress and reports.
import { parentPort } from 'node:worker_threads';
import type { Job, WorkerMessage } from './job.ts';
import { runJob } from './run-job.ts';

const post = (message: WorkerMessage): void => parentPort!.postMessage(message);

parentPort!.on('message', (job: Job) => {
  runJob(job, (schedules) => post({ kind: 'progress', schedules })).then(
    (report) => post({ kind: 'report', report }),
    (error: unknown) =>
      post({ kind: 'error', message: error instanceof Error ? error.message : String(error) }),
  );
});
