import { performance } from 'node:perf_hooks';
import { explore, type Report } from '../../sim/index.ts';
import type { Job } from './job.ts';
import { loadScenarios } from './load-scenarios.ts';

const now = performance.now.bind(performance);

/** Explores one job's scenario here. The report can be sent between threads: its errors are plain. */
export async function runJob(job: Job, onProgress: (schedules: number) => void): Promise<Report> {
  const found = await loadScenarios(job.modules);
  const { scenario } = found.find((entry) => entry.scenario.name === job.scenario)!;
  const report = explore(scenario, {
    ...job.options,
    now,
    onProgress: ({ schedules }) => onProgress(schedules),
  });
  if (report.failure === null) return report;
  return { ...report, failure: { ...report.failure, error: report.failure.message } };
}
