import { performance } from 'node:perf_hooks';
import { type Arena, explore, type Report } from '../../sim/index.ts';
import type { ShippedScenario } from '../scenarios/index.ts';
import { failedReport } from './failed-report.ts';
import type { Job } from './job.ts';
import { LateWork } from './late-work.ts';
import type { Pulse } from './pulse.ts';

const now = performance.now.bind(performance);

/** Explores one job's scenario here. The report can be sent between threads: its errors are plain. */
export async function runJob(
  job: Job,
  found: readonly ShippedScenario[],
  pulse: Pulse,
  arena: Arena,
): Promise<Report> {
  const { scenario } = found.find((entry) => entry.scenario.name === job.scenario)!;
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
