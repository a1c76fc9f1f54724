import type { DeviationPoint } from '../strategies/replay.ts';
/** What a bounded search needs of a run: how many choices each decision had. */
export interface BoundedRun {
  readonly decisions: {
    readonly length: number;
    readonly arities: readonly number[];
  };
}
/** Which part of a search this process covers: schedule `n` belongs to part `n % count`. */
export interface Shard {
  /** From 0 (included) to `count` (excluded). */
  readonly index: number;
  readonly count: number;
}
export declare const WHOLE: Shard;
export interface BoundedSearch<R extends BoundedRun> {
  /** Runs the schedule with just these deviations. */
  readonly run: (points: readonly DeviationPoint[]) => R;
  /** Told of each schedule with exactly `deviations` deviations; false ends the search. */
  readonly visit: (run: R) => boolean;
  readonly deviations: number;
  readonly shard?: Shard;
}
/** Runs every schedule with exactly `deviations` deviations, each once. Returns whether it came to its end. */
export declare function searchBounded<R extends BoundedRun>(search: BoundedSearch<R>): boolean;
/** In which order the choices of a decision come: `ascending`, or the ends first and then between, each decision in turn. */
export type ChoiceOrder = 'ascending' | 'spread';
/**
 * Every schedule with exactly `deviations` deviations, each once, the next after the run of the one before: a schedule is
 * its parent, which has one fewer, and one more deviation after its last. Parents have to be run, too, to learn
 * their decisions. Stores no states.
 */
export declare class BoundedSchedules {
  /** The schedule to run now. Changed in place by `advance`. */
  readonly points: DeviationPoint[];
  /** Whether none is left. */
  isOver: boolean;
  private readonly deviations;
  private readonly shard;
  private readonly order;
  private readonly frames;
  private ordinal;
  /** `firstOrdinal` is the number of the first schedule, where a search counts on from an earlier one. Default 0. */
  constructor(
    deviations: number,
    options?: {
      readonly shard?: Shard;
      readonly order?: ChoiceOrder;
      readonly firstOrdinal?: number;
    },
  );
  /** Whether the schedule to run now is one of those asked for, and not only a parent. */
  get isVisit(): boolean;
  /** The number of the schedule after the one to run now, or after the last: of all parts' schedules. */
  get nextOrdinal(): number;
  /** Moves on, given how many choices each decision of the run had. */
  advance(arities: readonly number[]): void;
  private belongsHere;
}
/**
 * The choice that comes at `place` (from 0) of the choices 1 to `count`: 1, `count`, 2, `count - 1`, and then the rest in
 * strides of the golden section, so that each prefix is spread over all. What happens at an end of a segment is
 * what most programs get wrong.
 */
export declare function spreadChoice(place: number, count: number): number;
