import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
import type { DeviationPoint } from '../strategies/replay.ts';
import type { BoundedRun, Shard } from './bounded.ts';
/** Probes of one search. Their quartiles move little from 32 on. */
export declare const PROBES = 48;
/** What probes say of one number. */
export interface Spread {
  readonly probes: number;
  /** Right on average. A few large probes make most of it, and where they were missed it is too small. */
  readonly mean: number;
  readonly median: number;
  /** Half of the probes are from `low` to `high`, both included. */
  readonly low: number;
  readonly high: number;
}
/** Of the schedules with exactly so many deviations. */
export interface LevelEstimate {
  readonly deviations: number;
  /** Run so far, by all parts of the search together. */
  readonly run: number;
  /** In all, those run included. */
  readonly schedules: Spread;
}
/** What is left of a search that came to no end. */
export interface Estimate {
  /** Schedules not run, nor stood for by one that was. */
  readonly remaining: Spread;
  /** For a search by deviations: the levels that it has not finished. */
  readonly levels: readonly LevelEstimate[];
}
/** What is left for one part of a search. By deviations, levels are shared out; a depth-first search is done by one. */
export declare function remainingOf(estimate: Estimate | null, { count }: Shard): number | null;
/** Mean and quartiles. */
export declare function spreadOf(values: readonly number[]): Spread;
/** One random path through a search's tree. */
export declare class ProbeStrategy implements Strategy {
  /** One through the probability of this path: on average over paths, the number of all. */
  weight: number;
  /** What was chosen so far. */
  readonly choices: number[];
  private readonly seed;
  private readonly separates;
  private sim;
  /** With `separates`, of a tree in which separate connections go one after the other. */
  constructor(seed: number, separates?: boolean);
  begin(): void;
  /** Before each step of a run. */
  noteStep(sim: Simulation): true;
  choose(label: Label, arity: number, chains: readonly Chain[] | null): number;
}
/**
 * How many schedules of a depth-first search are left, by random paths. `run` runs one and says whether to go on; `hasPassed`
 * says whether the search has left a schedule behind. Null if `run` has ended it.
 */
export declare function probeTree(
  run: (probe: ProbeStrategy) => boolean,
  hasPassed: (choices: readonly number[]) => boolean,
  {
    seed,
    separates,
    probes,
  }: {
    seed: number;
    separates?: boolean;
    probes?: number;
  },
): Estimate | null;
/** Whether a depth-first search that stands at `reached` has run the schedule `choices`, or passed it. */
export declare function isBehind(choices: readonly number[], reached: readonly number[]): boolean;
/** Which levels a search by deviations has not finished. */
export interface OpenLevels {
  /** The first of them, of which `run` schedules were run. */
  readonly from: number;
  readonly to: number;
  readonly run: number;
  readonly seed: number;
  readonly probes?: number;
}
/**
 * How many schedules there are with exactly so many deviations, by random descents: each begins with the calm run and takes
 * one of the schedules with one deviation more, placed after the last. Null if `run` gives null.
 */
export declare function probeLevels(
  run: (points: readonly DeviationPoint[]) => BoundedRun | null,
  levels: OpenLevels,
): Estimate | null;
