import type { Family } from '../decisions/label.ts';
import { type Run, type Scenario } from '../scenario.ts';
import type { Arena } from '../tcp/arena.ts';
/** Runs a schedule again, and says where it went otherwise; null if it went the same way. */
export declare function repeat(
  scenario: Scenario,
  first: Run,
  options: {
    readonly families: readonly Family[];
    readonly arena?: Arena;
  },
): string | null;
/** Where two runs of one schedule differ, in words: decisions, steps or result. `pending` is of the second. */
export declare function firstDifference(first: Run, second: Run, pending?: string): string | null;
/** A run that held, as the failure that it is since it went otherwise when it was run again. */
export declare function notDeterministic(run: Run, difference: string): Run;
/** The law that such a run breaks. */
export declare const NOT_DETERMINISTIC = 'one schedule is one run';
/** The share of runs to repeat, checked. */
export declare function rateOf(rate: unknown): number;
