import { type Chain, type Family, type Label, type Strategy } from '../sim/index.ts';
/** One place where a schedule deviates: at the `occurrence`-th decision of `family`, counted from 0, it takes `choice`. */
export interface FamilyDeviation {
  readonly family: Family;
  readonly occurrence: number;
  /** 1 or more; where there are fewer choices, the last one. */
  readonly choice: number;
}
/**
 * A schedule as data: where it deviates, calm everywhere else. It is a strategy that can be run any number of times.
 * Its text is `calm` or `split@3=2,end@0=1`, and `Schedule.parse` reads it.
 */
export declare class Schedule implements Strategy {
  readonly deviations: readonly FamilyDeviation[];
  private readonly choices;
  private readonly met;
  /** Throws ArgumentError for anything but deviations, and for two at one decision. */
  constructor(deviations: readonly FamilyDeviation[]);
  /** Reads what `toString` wrote. Throws ArgumentError for anything else. */
  static parse(text: string): Schedule;
  begin(): void;
  choose(label: Label, arity: number, _chains: readonly Chain[] | null): number;
  toString(): string;
}
