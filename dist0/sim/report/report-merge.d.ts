import type { Report } from './report.ts';
/**
 * One report of several parts of one search: sums, and complete only if all are. The failure is the one with the fewest
 * deviations, the first of these. Medians are those of the part with the most schedules.
 */
export declare function mergeReports(reports: readonly Report[]): Report;
