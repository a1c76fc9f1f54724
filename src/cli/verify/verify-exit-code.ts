import type { Report } from '../../sim/index.ts';

/** 0 all held, 1 a promise was broken, 3 a bound was not completed although that was required. */
export function exitCodeOf(
  reports: readonly Report[],
  values: { readonly failOnSilentFault: boolean; readonly requireComplete: boolean },
): number {
  if (reports.some((report) => report.failure !== null)) return 1;
  if (values.failOnSilentFault && reports.some((report) => report.neverFired.length > 0)) return 1;
  return values.requireComplete && reports.some((report) => !report.isComplete) ? 3 : 0;
}
