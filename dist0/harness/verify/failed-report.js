import { FAMILIES } from '../../sim/index.js';
/** A report where the search itself could not make one. */
export function emptyReport(job, title, why, done) {
  const { runs, durationMs } = done;
  return {
    scenario: job.scenario,
    title: title ?? 'what it promises holds',
    schedules: runs,
    isComplete: false,
    bound: `{${why}}`,
    states: 0,
    schedulesCovered: runs,
    prunedRuns: 0,
    estimatedRemaining: null,
    estimate: null,
    faults: Object.fromEntries(FAMILIES.map((family) => [family, 0])),
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
export function failedReport(job, title, failure, done, told = null) {
  const { law, message } = failure;
  return {
    ...emptyReport(job, title, 'the search was broken off', done),
    failure: {
      law,
      error: message,
      message,
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
