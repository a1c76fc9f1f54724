import { performance } from 'node:perf_hooks';
import { explore } from '../../sim/index.js';
import { failedReport } from './failed-report.js';
import { LateWork } from './late-work.js';

const now = performance.now.bind(performance);
/** Explores one job's scenario here. The report can be sent between threads: its errors are plain. */
export async function runJob(job, found, pulse, arena) {
  const { scenario } = found.find((entry) => entry.scenario.name === job.scenario);
  const startedMs = now();
  const lateWork = new LateWork();
  let late = await lateWork.ofOneRun(scenario, arena);
  if (late === null) {
    const report = explore(scenario, { ...job.options, now, arena, isStopped: () => pulse.isStopped });
    late = await lateWork.afterwards();
    if (report.failure !== null)
      return { ...report, failure: { ...report.failure, error: report.failure.message } };
    if (late === null) return report;
  }
  return failedReport(job, scenario.title, late, { runs: pulse.runs[0], durationMs: now() - startedMs });
}
