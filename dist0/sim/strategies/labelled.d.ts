import type { Strategy } from '../decisions/decisions.ts';
import type { Label } from '../decisions/label.ts';
import type { DeviationPoint } from './replay.ts';
/** A deviation placed by its label: the `occurrence`-th decision of that label, counted from 0. */
export interface LabelledPoint extends DeviationPoint {
  readonly label: Label;
  readonly occurrence: number;
}
/** Deviates at decisions found by label and occurrence, wherever in the run they have moved; calm everywhere else. */
export declare class LabelledStrategy implements Strategy {
  private readonly points;
  private readonly met;
  constructor(points: readonly LabelledPoint[]);
  begin(): void;
  choose(label: Label, arity: number): number;
}
