import type { Strategy } from '../decisions/decisions.ts';
import type { Label } from '../decisions/label.ts';
import type { DeviationPoint } from './replay.ts';

/** A deviation placed by its label: the `occurrence`-th decision of that label, counted from 0. */
export interface LabelledPoint extends DeviationPoint {
  readonly label: Label;
  readonly occurrence: number;
}

/** Deviates at decisions found by label and occurrence, wherever in the run they have moved; calm everywhere else. */
export class LabelledStrategy implements Strategy {
  private readonly points: readonly LabelledPoint[];
  private readonly met = new Map<number, number>();

  constructor(points: readonly LabelledPoint[]) {
    this.points = points;
  }

  begin(): void {
    this.met.clear();
  }

  choose(label: Label, arity: number): number {
    const occurrence = this.met.get(label.index) ?? 0;
    this.met.set(label.index, occurrence + 1);
    const point = this.points.find(
      (other) => other.label.index === label.index && other.occurrence === occurrence,
    );
    return point === undefined ? 0 : Math.min(point.choice, arity - 1);
  }
}
