import { FAMILIES } from '../decisions/label.js';
/**
 * One report of several parts of one search: sums, and complete only if all are. The failure is the one with the fewest
 * deviations, the first of these. Medians are those of the part with the most schedules.
 */
export function mergeReports(reports) {
  const [first] = reports;
  if (reports.length === 1) return first;
  const largest = reports.reduce((best, report) => (report.schedules > best.schedules ? report : best));
  const failures = reports.map((report) => report.failure).filter((failure) => failure !== null);
  const faults = Object.fromEntries(
    FAMILIES.map((family) => [family, sum(reports, (report) => report.faults[family])]),
  );
  const durationMs = Math.max(...reports.map((report) => report.durationMs));
  const schedules = sum(reports, (report) => report.schedules);
  return {
    ...largest,
    schedules,
    isComplete: reports.every((report) => report.isComplete),
    states: sum(reports, (report) => report.states),
    schedulesCovered: sum(reports, (report) => report.schedulesCovered),
    prunedRuns: sum(reports, (report) => report.prunedRuns),
    estimatedRemaining: reports.some((report) => report.estimatedRemaining === null)
      ? null
      : sum(reports, (report) => report.estimatedRemaining ?? 0),
    faults: faults,
    neverFired: first.neverFired.filter((family) =>
      reports.every((report) => report.neverFired.includes(family)),
    ),
    sometimes: sumRecords(reports.map((report) => report.sometimes)),
    decisionsPerRun: {
      min: Math.min(...reports.map((report) => report.decisionsPerRun.min)),
      median: largest.decisionsPerRun.median,
      max: Math.max(...reports.map((report) => report.decisionsPerRun.max)),
    },
    durationMs,
    schedulesPerSecond: durationMs > 0 ? (schedules * 1000) / durationMs : 0,
    pctMissed: multiplyRecords(reports.map((report) => report.pctMissed)),
    failure: failures.sort((a, b) => rankOf(a) - rankOf(b))[0] ?? null,
  };
}
/** Fewest deviations first; last of all what cannot be replayed. */
function rankOf(failure) {
  return failure.replay === '' ? Number.POSITIVE_INFINITY : failure.deviations.length;
}
function sum(reports, value) {
  return reports.reduce((total, report) => total + value(report), 0);
}
function sumRecords(records) {
  const totals = {};
  for (const record of records)
    for (const [name, count] of Object.entries(record)) totals[name] = (totals[name] ?? 0) + count;
  return totals;
}
function multiplyRecords(records) {
  const products = {};
  for (const record of records) {
    for (const [depth, chance] of Object.entries(record))
      products[Number(depth)] = (products[Number(depth)] ?? 1) * chance;
  }
  return products;
}
