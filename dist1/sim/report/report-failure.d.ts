import type { Family } from '../decisions/label.ts';
import { type Run, type Scenario } from '../scenario.ts';
import type { Arena } from '../tcp/arena.ts';
import type { ReportedFailure } from './report.ts';
/** How a failure was found. */
export interface Finding {
  /** The strategy that found it. */
  readonly foundBy: string;
  /** After how many schedules. */
  readonly foundAfter: number;
  /** The families that could deviate. */
  readonly families: readonly Family[];
  readonly arena?: Arena;
}
/** Runs a failing schedule again, shrinks it, and puts it into words. */
export declare function describeFailure(scenario: Scenario, failing: Run, found: Finding): ReportedFailure;
