import { checkInteger, checkList, checkOptions } from '../../core/arguments.ts';
import { FAMILIES, type Family } from '../decisions/label.ts';
import type { Report, ReportedFailure } from './report.ts';

/**
 * One report of several parts of one search: sums, and complete only if all are. The failure is the one with the fewest
 * deviations, the first of these; the bound that of the part that has covered least. Medians are those of the part with the most schedules.
 */
export function mergeReports(reports: readonly Report[]): Report {
  checkList('reports', reports);
  checkInteger('the number of reports', reports.length, 1);
  for (const report of reports) checkOptions('each of reports', report);
  const [first] = reports;
  if (reports.length === 1) return first;
  const weakest = reports.reduce((least, report) => (reachOf(report) < reachOf(least) ? report : least));
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
    sampled: sum(reports, (report) => report.sampled),
    recorded: {
      run: sum(reports, ({ recorded }) => recorded.run),
      changed: sum(reports, ({ recorded }) => recorded.changed),
    },
    bound: weakest.bound,
    estimate: weakest.estimate,
    deviationsCovered: weakest.deviationsCovered,
    isComplete: reports.every((report) => report.isComplete),
    states: sum(reports, (report) => report.states),
    schedulesCovered: sum(reports, (report) => report.schedulesCovered),
    prunedRuns: sum(reports, (report) => report.prunedRuns),
    estimatedRemaining: reports.some((report) => report.estimatedRemaining === null)
      ? null
      : sum(reports, (report) => report.estimatedRemaining ?? 0),
    faults: faults as Record<Family, number>,
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

/** How far a search by deviations has come: what all parts together have covered is what each has. */
function reachOf({ isComplete, deviationsCovered }: Report): number {
  return isComplete ? Number.POSITIVE_INFINITY : (deviationsCovered ?? -1);
}

/** Fewest deviations first; last of all what cannot be replayed. */
function rankOf(failure: ReportedFailure): number {
  return failure.replay === '' ? Number.POSITIVE_INFINITY : failure.deviations.length;
}

function sum(reports: readonly Report[], value: (report: Report) => number): number {
  return reports.reduce((total, report) => total + value(report), 0);
}

function sumRecords(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const record of records)
    for (const [name, count] of Object.entries(record)) totals[name] = (totals[name] ?? 0) + count;
  return totals;
}

function multiplyRecords(records: readonly Readonly<Record<number, number>>[]): Record<number, number> {
  const products: Record<number, number> = {};
  for (const record of records) {
    for (const [depth, chance] of Object.entries(record))
      products[Number(depth)] = (products[Number(depth)] ?? 1) * chance;
  }
  return products;
}
