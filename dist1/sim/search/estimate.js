import { KILLING, ORDER } from '../decisions/label.js';
import { hash } from '../strategies/random.js';
import { separateChoices } from './separate.js';
/** Probes of one search. Their quartiles move little from 32 on. */
export const PROBES = 48;
/** What is left for one part of a search. By deviations, levels are shared out; a depth-first search is done by one. */
export function remainingOf(estimate, { count }) {
  if (estimate === null) return null;
  const { remaining, levels } = estimate;
  return levels.length === 0 ? remaining.mean : remaining.mean / count;
}
/** Mean and quartiles. */
export function spreadOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)];
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const mean = Math.min(total, Number.MAX_VALUE) / sorted.length;
  return { probes: sorted.length, mean, low: at(0.25), median: at(0.5), high: at(0.75) };
}
/** How often a probe lets live what may be killed: nearly all of a tree lies there. */
const CALM_SHARE = 31 / 32;
function drawEnding(drawn, count) {
  return drawn % 32 !== 0 ? 0 : 1 + ((drawn >>> 5) % (count - 1));
}
/** One random path through a search's tree. */
export class ProbeStrategy {
  /** With `separates`, of a tree in which separate connections go one after the other. */
  constructor(seed, separates = false) {
    /** One through the probability of this path: on average over paths, the number of all. */
    this.weight = 1;
    /** What was chosen so far. */
    this.choices = [];
    this.sim = null;
    this.seed = seed | 0;
    this.separates = separates;
  }
  begin() {
    this.weight = 1;
    this.choices.length = 0;
  }
  /** Before each step of a run. */
  noteStep(sim) {
    this.sim = sim;
    return true;
  }
  choose(label, arity, chains) {
    let allowed = null;
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
export function probeTree(run, hasPassed, { seed, separates = false, probes = PROBES }) {
  const weights = [];
  for (let index = 0; index < probes; index += 1) {
    const probe = new ProbeStrategy(hash(seed, index, 0xe57), separates);
    if (!run(probe)) return null;
    weights.push(hasPassed(probe.choices) ? 0 : probe.weight);
  }
  return { remaining: spreadOf(weights), levels: [] };
}
/** Whether a depth-first search that stands at `reached` has run the schedule `choices`, or passed it. */
export function isBehind(choices, reached) {
  for (let index = 0; index < reached.length; index += 1) {
    const choice = choices[index] ?? 0;
    if (choice !== reached[index]) return choice < reached[index];
  }
  return true;
}
/**
 * How many schedules there are with exactly so many deviations, by random descents: each begins with the calm run and takes
 * one of the schedules with one deviation more, placed after the last. Null if `run` gives null.
 */
export function probeLevels(run, levels) {
  const { seed, from, to, probes = PROBES } = levels;
  const calm = run([]);
  if (calm === null) return null;
  const descents = [];
  for (let index = 0; index < probes; index += 1) {
    const descent = descend(run, calm, to, hash(seed, index, 0xe58));
    if (descent === null) return null;
    descents.push(descent);
  }
  const runOf = (deviations) => (deviations === from ? levels.run : 0);
  const open = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const remainingOf = (descent) =>
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
function descend(run, calm, most, seed) {
  const counts = [1];
  const points = [];
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
function pointAt(arities, from, place) {
  let index = from;
  let left = place;
  while (left >= arities[index] - 1) {
    left -= arities[index] - 1;
    index += 1;
  }
  return { index, choice: left + 1 };
}
