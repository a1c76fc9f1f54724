import type { Strategy } from '../decisions/decisions.ts';
import type { Label } from '../decisions/label.ts';
/** One decision that was not calm: which one of the run, and what was chosen. */
export interface DeviationPoint {
  readonly index: number;
  readonly choice: number;
}
/**
 * Deviates exactly where told; calm everywhere else, and after the last. A point that no longer fits (its decision has
 * fewer choices) takes the last choice there is: shrinking must tolerate what earlier changes removed.
 */
export declare class ReplayStrategy implements Strategy {
  points: readonly DeviationPoint[];
  private next;
  private index;
  constructor(points: readonly DeviationPoint[]);
  begin(): void;
  choose(_label: Label, arity: number): number;
}
/** The deviations of recorded choices. */
export declare function deviationsOf(choices: readonly number[]): DeviationPoint[];
