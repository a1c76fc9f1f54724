import { FAMILIES, type Family, type Report } from '../../sim/index.ts';
import type { Job, ToldRun } from './job.ts';

/** How much was done before a search was broken off. */
export interface Done {
  readonly runs: number;
  readonly durationMs: number;
}

/** A report where the search itself could not make one. */
export function emptyReport(job: Job, title: string | undefined, why: string, done: Done): Report {
  const { runs, durationMs } = done;
  return {
    scenario: job.scenario,
    title: title ?? 'what it promises holds',
    schedules: runs,
    sampled: 0,
    recorded: { run: 0, changed: 0 },
    isComplete: false,
    bound: `{${why}}`,
    deviationsCovered: null,
    states: 0,
    schedulesCovered: runs,
    prunedRuns: 0,
    estimatedRemaining: null,
    estimate: null,
    faults: Object.fromEntries(FAMILIES.map((family) => [family, 0])) as Record<Family, number>,
    neverFired: [],
    sometimes: {},
    decisionsPerRun: { min: 0, median: 0, max: 0 },
    durationMs,
    schedulesPerSecond: durationMs > 0 ? (runs * 1000) / durationMs : 0,
    pctMissed: {},
    failure: null,
  };
}

/** The report of a search that ended because something other than a law was broken. */
export function failedReport(
  job: Job,
  title: string | undefined,
  failure: { readonly law: string; readonly message: string },
  done: Done,
  told: ToldRun | null = null,
): Report {
  const { law, message } = failure;
  return {
    ...emptyReport(job, title, 'the search was broken off', done),
    failure: {
      law,
      error: message,
      message,
      place: '',
      deviations: told?.deviations ?? [],
      replay: told?.replay ?? '',
      trace: told?.trace ?? '',
      isMinimal: false,
      shrinkRuns: 0,
      foundBy: 'the search',
      foundAfter: done.runs,
      nondeterminism: null,
    },
  };
}
