import { BoundedSchedules, spreadChoice } from '../search/bounded.js';
import { hash } from '../strategies/random.js';
import { deviationsOf } from '../strategies/replay.js';
import { PlacedStrategy } from './placed.js';

/** The most robust one first. */
const PLACEMENTS = ['byChain', 'index', 'byLabel', 'byEvent'];
/** Choices of a decision that are tried where a deviation is put anew. */
const NEW_CHOICES = 4;
/** Runs that a sweep over few families may take, as far as can be told beforehand. */
const FAMILY_RUNS = 300;
/** A pass that takes turns with others: it is always about to make its next attempt. */
class Lane {
  constructor(pass) {
    this.pass = pass;
    this.step = pass.next();
  }
}
export class Reduction {
  /** `held`: up to how many deviations every schedule is known to hold. Default -1: nothing is known. */
  constructor(held = -1) {
    /** The fewest deviations that fail alike. */
    this.points = [];
    this.weight = Number.POSITIVE_INFINITY;
    this.last = null;
    this.held = held;
  }
  /** To be told of each attempt's run; true if it is the best so far. */
  judge(strategy, decisions, failsAlike) {
    this.last = decisions;
    if (!failsAlike) return false;
    const weight = weightOf(strategy.made);
    if (weight >= this.weight) return false;
    this.weight = weight;
    this.points = [...strategy.made];
    return true;
  }
  /** The failing schedule once more, then everything that may make it smaller. */
  *attempts(failing) {
    if (!(yield exactly(deviationsOf(failing.choices)))) return false;
    // It goes on where it was whenever something smaller was found: what it has tried need not be tried again.
    const sweep = new Lane(this.sweep());
    for (;;) {
      yield* this.drop();
      if (this.points.length <= this.held + 1) return true;
      if (yield* this.subsets()) continue;
      if ((yield* this.replace(0)) || (yield* this.replace(1))) continue;
      const lanes = [new Lane(this.fewFamilies()), sweep, new Lane(this.replace(2)), sweep];
      if (yield* this.race(lanes)) return true;
    }
  }
  /** Passes in turn, an attempt each, until one has found something smaller; true if the last has come to its end. */
  *race(lanes) {
    const { weight } = this;
    const last = lanes[lanes.length - 1];
    for (let turn = 0; this.weight === weight; turn += 1) {
      const lane = lanes[turn % lanes.length];
      const { step } = lane;
      if (step.done !== true) lane.step = lane.pass.next(yield step.value);
      else if (lane === last) return true;
    }
    return false;
  }
  /** Drops and lowers until nothing more can go. */
  *drop() {
    let before;
    do {
      before = this.weight;
      yield* this.dropGroups();
      yield* this.dropSpans();
      yield* this.lower();
    } while (this.weight < before);
    return true;
  }
  /** Everything, each family, whatever a chain has, whatever overtakes a chain. */
  *dropGroups() {
    yield* this.attempt([]);
    for (const groupOf of [(point) => point.label.index, (point) => point.owner, (point) => point.other])
      for (const group of new Set(this.points.map(groupOf)))
        yield* this.attempt(this.points.filter((point) => groupOf(point) !== group));
    return true;
  }
  /** Delta debugging: halves, quarters, …, single ones. */
  *dropSpans() {
    for (let size = Math.ceil(this.points.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = 0; at < this.points.length; ) {
        const kept = this.points.filter((_, index) => index < at || index >= at + size);
        if (!(yield* this.attempt(kept))) at += size;
      }
    return true;
  }
  *lower() {
    for (let at = 0; at < this.points.length; at += 1)
      for (const smaller of [1, this.points[at]?.choice >> 1, (this.points[at]?.choice ?? 0) - 1]) {
        const point = this.points[at];
        if (point === undefined || smaller < 1 || smaller >= point.choice) continue;
        yield* this.attempt(
          this.points.map((other) => (other === point ? { ...other, choice: smaller } : other)),
        );
      }
    return true;
  }
  /** Some of the deviations, where none can go alone: by chance, as all subsets are too many. */
  *subsets() {
    const { points } = this;
    if (points.length < 3) return false;
    for (let round = 0; round < 8 * points.length; round += 1) {
      const share = 2 + (round % 3);
      const kept = points.filter((_, index) => hash(round, index, 0x5b5) % share === 0);
      if (kept.length < points.length - 1 && (yield* this.attempt(kept, ['byChain', 'byEvent']))) return true;
    }
    return false;
  }
  /** `size` of the deviations, and one that is new. Those nearest to the failure first: they have most to do with it. */
  *replace(size) {
    const points = [...this.points].reverse();
    if (size >= points.length - 1) return false;
    for (const kept of subsetsOf(points, size)) if (yield* this.withOneMore(kept)) return true;
    return false;
  }
  /** Every schedule with fewer deviations of one or two families, as far as they are few. */
  *fewFamilies() {
    if (this.points.length < 3) return false;
    // What a pass sees of the run before it must be its own.
    yield exactly([]);
    const { labels, arities } = this.last;
    const sizes = new Map();
    labels.forEach((label, index) => {
      sizes.set(label, (sizes.get(label) ?? 0) + Math.min(arities[index] - 1, NEW_CHOICES));
    });
    const present = new Set(this.points.map((point) => point.label));
    for (const { families, deviations } of affordable(sizes, this.points.length - 1, present))
      if (yield* this.sweepFamilies(families, deviations)) return true;
    return false;
  }
  *sweepFamilies(families, deviations) {
    const schedules = new BoundedSchedules(deviations);
    for (let runs = 0; !schedules.isOver && runs < 2 * FAMILY_RUNS; runs += 1) {
      if (yield exactly(schedules.points)) return true;
      schedules.advance(
        this.last.arities.map((arity, index) =>
          families.includes(this.last.labels[index]) ? Math.min(arity, NEW_CHOICES + 1) : 1,
        ),
      );
    }
    return false;
  }
  *withOneMore(kept) {
    if (yield new PlacedStrategy(kept, 'byChain')) return true;
    const { choices, arities } = this.last;
    const seen = arities.map((arity, index) => (choices[index] === 0 ? arity : 1));
    for (let round = 0; round < NEW_CHOICES; round += 1)
      for (let index = 0; index < seen.length; index += 1) {
        if (round >= seen[index] - 1) continue;
        const choice = spreadChoice(round, seen[index] - 1);
        if (yield new PlacedStrategy(kept, 'byChain', [{ index, choice }])) return true;
      }
    return false;
  }
  /** Every schedule with fewer deviations, the fewest first; true if all were tried. */
  *sweep() {
    for (let deviations = this.held + 1; deviations < this.points.length; deviations += 1) {
      const schedules = new BoundedSchedules(deviations);
      while (!schedules.isOver) {
        yield exactly(schedules.points);
        schedules.advance(this.last.arities);
        if (this.points.length <= deviations) return true;
      }
    }
    return true;
  }
  /** Tries these deviations, placed in one way after the other. */
  *attempt(points, placements = PLACEMENTS) {
    for (const placement of points.length === 0 ? PLACEMENTS.slice(0, 1) : placements)
      if (yield new PlacedStrategy(points, placement)) return true;
    return false;
  }
}
function exactly(points) {
  return new PlacedStrategy([], 'index', points);
}
/** Sets of one or two families, one of them `present`, and how many deviations of them, that make few schedules; the fewest first. */
function affordable(sizes, deviationsMax, present) {
  const found = [];
  for (const size of [1, 2])
    for (const families of subsetsOf([...sizes.keys()], size)) {
      if (!families.some((label) => present.has(label))) continue;
      const all = families.reduce((sum, label) => sum + (sizes.get(label) ?? 0), 0);
      for (let deviations = 1, runs = all; deviations <= deviationsMax && runs <= FAMILY_RUNS; ) {
        found.push({ families, deviations, runs });
        runs *= Math.max(1, all - deviations) / (deviations + 1);
        deviations += 1;
      }
    }
  return found.sort((one, other) => one.runs - other.runs);
}
function* subsetsOf(all, size, from = 0) {
  if (size === 0) {
    yield [];
    return;
  }
  for (let at = from; at < all.length; at += 1)
    for (const rest of subsetsOf(all, size - 1, at + 1)) yield [all[at], ...rest];
}
/** Fewer deviations weigh less; of as many, those with smaller choices. */
function weightOf(points) {
  return points.reduce((sum, { choice }) => sum + 1e6 + Math.min(choice, 1e5), 0);
}
