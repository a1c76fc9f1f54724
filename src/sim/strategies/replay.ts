import type { Chain, Strategy } from '../decisions/decisions.ts';
import type { Label } from '../decisions/label.ts';
import { Waits } from '../decisions/waits.ts';

/** One decision that was not calm: which one of the run, and what was chosen. */
export interface DeviationPoint {
  readonly index: number;
  /** Of an order decision while events wait: which of those that do not. */
  readonly choice: number;
  /** Of an order decision whose choice is 1: how many events go ahead of the one that was due, which waits. Default 1. */
  readonly ahead?: number;
}

/**
 * Deviates exactly where told; calm everywhere else, and after the last. A point that no longer fits (its decision has
 * fewer choices) takes the last choice there is: shrinking must tolerate what earlier changes removed.
 */
export class ReplayStrategy implements Strategy {
  points: readonly DeviationPoint[];
  private next = 0;
  private index = 0;
  private waits: Waits | null = null;

  constructor(points: readonly DeviationPoint[]) {
    this.points = points;
  }

  begin(): void {
    this.next = 0;
    this.index = 0;
    this.waits = this.points.some(({ ahead = 1 }) => ahead > 1) ? new Waits() : null;
  }

  choose(_label: Label, arity: number, chains: readonly Chain[] | null): number {
    const { index, points, waits } = this;
    this.index = index + 1;
    let point: DeviationPoint | null = null;
    if (this.next < points.length && points[this.next].index === index) {
      point = points[this.next];
      this.next += 1;
    }
    if (waits !== null && chains !== null) return waits.choose(chains, point);
    return point === null ? 0 : Math.min(point.choice, arity - 1);
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
