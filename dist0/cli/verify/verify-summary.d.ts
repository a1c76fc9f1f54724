import { type Demands, type Report } from '../../sim/index.ts';
/** One line for a scenario that is done. */
export declare function scenarioLine(report: Report): string;
/** What ran within which bound, which faults really happened, what failed. `modules` go into the lines that replay. */
export declare function summary(
  reports: readonly Report[],
  elapsedMs: number,
  modules?: readonly string[],
  demands?: Demands,
): string;
