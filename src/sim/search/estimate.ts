// How much is left of a search that came to no end: random probes of its tree (Knuth, Estimating the efficiency of backtrack
// programs, 1975). A probe's number is right on average, and one alone may be off by orders of magnitude: many are taken,
// and their spread is told.
import type { Chain, Strategy } from '../decisions/decisions.ts';
import { KILLING, type Label, ORDER } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
import { hash } from '../strategies/random.ts';
import type { DeviationPoint } from '../strategies/replay.ts';
import type { BoundedRun, Shard } from './bounded.ts';
import { separateChoices } from './separate.ts';

/** Probes of one search. Their quartiles move little from 32 on. */
export const PROBES = 48;

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
export function remainingOf(estimate: Estimate | null, { count }: Shard): number | null {
  if (estimate === null) return null;
  const { remaining, levels } = estimate;
  return levels.length === 0 ? remaining.mean : remaining.mean / count;
}

/** Mean and quartiles. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)];
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const mean = Math.min(total, Number.MAX_VALUE) / sorted.length;
  return { probes: sorted.length, mean, low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** How often a probe lets live what may be killed: nearly all of a tree lies there. */
const CALM_SHARE = 31 / 32;

function drawEnding(drawn: number, count: number): number {
  return drawn % 32 !== 0 ? 0 : 1 + ((drawn >>> 5) % (count - 1));
}

/** One random path through a search's tree. */
export class ProbeStrategy implements Strategy {
  /** One through the probability of this path: on average over paths, the number of all. */
  weight = 1;
  /** What was chosen so far. */
  readonly choices: number[] = [];
  private readonly seed: number;
  private readonly separates: boolean;
  private sim: Simulation | null = null;

  /** With `separates`, of a tree in which separate connections go one after the other. */
  constructor(seed: number, separates = false) {
    this.seed = seed | 0;
    this.separates = separates;
  }

  begin(): void {
    this.weight = 1;
    this.choices.length = 0;
  }

  /** As a run starts. */
  noteStart(sim: Simulation): void {
    this.sim = sim;
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null): number {
    let allowed: readonly number[] | null = null;
    if (this.separates && label === ORDER && chains !== null && this.sim !== null)
      allowed = separateChoices(this.sim, chains);
    const count = allowed?.length ?? arity;
    const drawn = hash(this.seed, 0xe57, this.choices.length);
    const place = KILLING.includes(label) ? drawEnding(drawn, count) : drawn % count;
    const share = !KILLING.includes(label)
      ? 1 / count
      : place === 0
        ? CALM_SHARE
        : (1 - CALM_SHARE) / (count - 1);
    const choice = allowed === null ? place : allowed[place];
    // JSON knows no infinity.
    this.weight = Math.min(this.weight / share, Number.MAX_VALUE);
    this.choices.push(choice);
    return choice;
  }
}

/**
 * How many schedules of a depth-first search are left, by random paths. `run` runs one and says whether to go on; `hasPassed`
 * says whether the search has left a schedule behind. Null if `run` has ended it.
 */
export function probeTree(
  run: (probe: ProbeStrategy) => boolean,
  hasPassed: (choices: readonly number[]) => boolean,
  { seed, separates = false, probes = PROBES }: { seed: number; separates?: boolean; probes?: number },
): Estimate | null {
  const weights: number[] = [];
  for (let index = 0; index < probes; index += 1) {
    const probe = new ProbeStrategy(hash(seed, index, 0xe57), separates);
    if (!run(probe)) return null;
    weights.push(hasPassed(probe.choices) ? 0 : probe.weight);
  }
  return { remaining: spreadOf(weights), levels: [] };
}

/** Whether a depth-first search that stands at `reached` has run the schedule `choices`, or passed it. */
export function isBehind(choices: readonly number[], reached: readonly number[]): boolean {
  for (let index = 0; index < reached.length; index += 1) {
    const choice = choices[index] ?? 0;
    if (choice !== reached[index]) return choice < reached[index];
  }
  return true;
}

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
export function probeLevels(
  run: (points: readonly DeviationPoint[]) => BoundedRun | null,
  levels: OpenLevels,
): Estimate | null {
  const { seed, from, to, probes = PROBES } = levels;
  const calm = run([]);
  if (calm === null) return null;
  const descents: (readonly number[])[] = [];
  for (let index = 0; index < probes; index += 1) {
    const descent = descend(run, calm, to, hash(seed, index, 0xe58));
    if (descent === null) return null;
    descents.push(descent);
  }
  const runOf = (deviations: number): number => (deviations === from ? levels.run : 0);
  const open = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const remainingOf = (descent: readonly number[]): number =>
    open.reduce((sum, deviations) => sum + Math.max(0, descent[deviations] - runOf(deviations)), 0);
  return {
    remaining: spreadOf(descents.map((descent) => Math.min(remainingOf(descent), Number.MAX_VALUE))),
    levels: open.map((deviations) => ({
      deviations,
      run: runOf(deviations),
      schedules: spreadOf(descents.map((descent) => descent[deviations])),
    })),
  };
}

/** As if every schedule had as many with one deviation more as those on one random way: so many on each level from 0 to `most`. */
function descend(
  run: (points: readonly DeviationPoint[]) => BoundedRun | null,
  calm: BoundedRun,
  most: number,
  seed: number,
): readonly number[] | null {
  const counts = [1];
  const points: DeviationPoint[] = [];
  let { arities } = calm.decisions;
  while (counts.length <= most) {
    const from = points.length === 0 ? 0 : points[points.length - 1].index + 1;
    let ways = 0;
    for (let index = from; index < arities.length; index += 1) ways += arities[index] - 1;
    counts.push(Math.min(counts[counts.length - 1] * ways, Number.MAX_VALUE));
    if (ways === 0 || counts.length > most) continue;
    points.push(pointAt(arities, from, hash(seed, 0xe59, points.length) % ways));
    const next = run(points);
    if (next === null) return null;
    ({ arities } = next.decisions);
  }
  return counts;
}

/** The deviation at `place`, from 0, of all that the decisions from `from` on allow. */
function pointAt(arities: readonly number[], from: number, place: number): DeviationPoint {
  let index = from;
  let left = place;
  while (left >= arities[index] - 1) {
    left -= arities[index] - 1;
    index += 1;
  }
  return { index, choice: left + 1 };
}
