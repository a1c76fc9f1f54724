import { unmet } from '../../sim/index.js';
/** 0 all held, 1 a promise was broken or a demand was not met, 3 a bound was not completed although that was required. */
export function exitCodeOf(reports, values) {
  if (reports.some((report) => report.failure !== null)) return 1;
  if (reports.some((report) => unmet(report, values).length > 0)) return 1;
  return values.requireComplete && reports.some((report) => !report.isComplete) ? 3 : 0;
}
