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
export class ReplayStrategy implements Strategy {
  points: readonly DeviationPoint[];
  private next = 0;
  private index = 0;

  constructor(points: readonly DeviationPoint[]) {
    this.points = points;
  }

  begin(): void {
    this.next = 0;
    this.index = 0;
  }

  choose(_label: Label, arity: number): number {
    const { index, points } = this;
    this.index = index + 1;
    if (this.next >= points.length || points[this.next].index !== index) return 0;
    const { choice } = points[this.next];
    this.next += 1;
    return Math.min(choice, arity - 1);
  }
}

/** The deviations of recorded choices. */
export function deviationsOf(choices: readonly number[]): DeviationPoint[] {
  const points: DeviationPoint[] = [];
  for (let index = 0; index < choices.length; index += 1) {
    if (choices[index] !== 0) points.push({ index, choice: choices[index] });
  }
  return points;
}
