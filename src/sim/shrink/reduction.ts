// What is tried to make a failing schedule smaller, one attempt after the other. Who runs them, and how many, is the
// caller's business: a scenario's runs are functions, a whole program's are promises.
import type { Decisions } from '../decisions/decisions.ts';
import { type Label, ORDER } from '../decisions/label.ts';
import { BoundedSchedules, spreadChoice } from '../search/bounded.ts';
import { hash } from '../strategies/random.ts';
import { deviationsOf } from '../strategies/replay.ts';
import { type Placed, PlacedStrategy, type Placement, ReadingStrategy } from './placed.ts';

/** One attempt after the other; each is answered by whether it was kept. Gives whether the result is minimal. */
export type Attempts = Generator<PlacedStrategy, boolean, boolean>;

type Pass = Generator<PlacedStrategy, boolean, boolean>;

/** The most robust one first. */
const PLACEMENTS: readonly Placement[] = ['byChain', 'index', 'byLabel', 'byEvent'];

/** Choices of a decision that are tried where a deviation is put anew. */
const NEW_CHOICES = 4;

/** Runs that a sweep over few families may take, as far as can be told beforehand. */
const FAMILY_RUNS = 300;

/** An attempt that was run. */
interface Attempt {
  readonly strategy: PlacedStrategy;
  readonly decisions: Decisions;
}

/** A pass that takes turns with others: it is always about to make its next attempt. */
class Lane {
  readonly pass: Pass;
  step: IteratorResult<PlacedStrategy, boolean>;

  constructor(pass: Pass) {
    this.pass = pass;
    this.step = pass.next();
  }
}

export class Reduction {
  /** The fewest deviations that fail alike. */
  points: readonly Placed[] = [];
  private weight = Number.POSITIVE_INFINITY;
  private last: Attempt | null = null;
  private readonly held: number;

  /**
   * `held`: up to how many choices that are not calm every schedule is known to hold. Default -1: nothing is known. What waits
   * while several go ahead is one deviation of several such choices.
   */
  constructor(held = -1) {
    this.held = held;
  }

  /** To be told of each attempt's run; true if it is the best so far. */
  judge(strategy: PlacedStrategy, decisions: Decisions, failsAlike: boolean): boolean {
    this.last = { strategy, decisions };
    if (!failsAlike) return false;
    const { made } = strategy;
    const weight = weightOf(made);
    if (weight >= this.weight) return false;
    this.weight = weight;
    this.points = made;
    return true;
  }

  /** The failing schedule once more, then everything that may make it smaller. */
  *attempts(failing: Decisions): Attempts {
    if (!(yield new ReadingStrategy(deviationsOf(failing.choices)))) return false;
    // It goes on where it was whenever something smaller was found: what it has tried need not be tried again.
    const sweep = new Lane(this.sweep());
    for (;;) {
      yield* this.drop();
      if (this.points.length <= this.lowest) return true;
      if (yield* this.subsets()) continue;
      if ((yield* this.replace(0)) || (yield* this.replace(1))) continue;
      const lanes = [new Lane(this.fewFamilies()), sweep, new Lane(this.replace(2)), sweep];
      if (yield* this.race(lanes)) return true;
    }
  }

  /** Passes in turn, an attempt each, until one has found something smaller; true if the last has come to its end. */
  private *race(lanes: Lane[]): Pass {
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
  private *drop(): Pass {
    let before: number;
    do {
      before = this.weight;
      yield* this.dropGroups();
      yield* this.dropSpans();
      yield* this.lower();
    } while (this.weight < before);
    return true;
  }

  /** Everything, each family, whatever a chain has, whatever overtakes a chain. */
  private *dropGroups(): Pass {
    yield* this.attempt([]);
    for (const groupOf of [
      (point: Placed) => point.label.index,
      (point: Placed) => point.owner,
      (point: Placed) => point.other,
    ])
      for (const group of new Set(this.points.map(groupOf)))
        yield* this.attempt(this.points.filter((point) => groupOf(point) !== group));
    return true;
  }

  /** Delta debugging: halves, quarters, …, single ones. */
  private *dropSpans(): Pass {
    for (let size = Math.ceil(this.points.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let at = 0; at < this.points.length; ) {
        const kept = this.points.filter((_, index) => index < at || index >= at + size);
        if (!(yield* this.attempt(kept))) at += size;
      }
    return true;
  }

  private *lower(): Pass {
    for (const size of ['ahead', 'choice'] as const)
      for (let at = 0; at < this.points.length; at += 1)
        for (const smaller of [1, this.points[at]?.[size] >> 1, (this.points[at]?.[size] ?? 0) - 1]) {
          const point = this.points[at];
          if (point === undefined || smaller < 1 || smaller >= point[size]) continue;
          yield* this.attempt(
            this.points.map((other) => (other === point ? { ...other, [size]: smaller } : other)),
          );
        }
    return true;
  }

  /** Some of the deviations, where none can go alone: by chance, as all subsets are too many. */
  private *subsets(): Pass {
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
  private *replace(size: number): Pass {
    const points = [...this.points].reverse();
    if (size >= points.length - 1) return false;
    for (const kept of subsetsOf(points, size)) if (yield* this.withOneMore(kept)) return true;
    return false;
  }

  /** Every schedule with fewer deviations of one or two families, as far as they are few. */
  private *fewFamilies(): Pass {
    if (this.points.length < 3) return false;
    // What a pass sees of the run before it must be its own.
    yield new ReadingStrategy([]);
    const { labels } = this.last!.decisions;
    const { arities } = this.last!.strategy;
    const sizes = new Map<Label, number>();
    labels.forEach((label, index) => {
      sizes.set(label, (sizes.get(label) ?? 0) + Math.min(arities[index] - 1, NEW_CHOICES));
    });
    const present = new Set(this.points.map((point) => point.label));
    for (const { families, deviations } of affordable(sizes, this.points.length - 1, present))
      if (yield* this.sweepFamilies(families, deviations)) return true;
    return false;
  }

  private *sweepFamilies(families: readonly Label[], deviations: number): Pass {
    const schedules = new BoundedSchedules(deviations);
    for (let runs = 0; !schedules.isOver && runs < 2 * FAMILY_RUNS; runs += 1) {
      const strategy = new ReadingStrategy(schedules.points);
      if (yield strategy) return true;
      const { labels } = this.last!.decisions;
      const few = strategy.arities.map((arity, index) =>
        families.includes(labels[index]) ? Math.min(arity, NEW_CHOICES + 1) : 1,
      );
      schedules.advance(few, strategy.freeChoices);
    }
    return false;
  }

  private *withOneMore(kept: readonly Placed[]): Pass {
    const first = new PlacedStrategy(kept, 'byPosition');
    if (yield first) return true;
    if (yield* this.withOneMoreThan(kept, 'byPosition')) return true;
    if (kept.length === 0) return false;
    const second = new PlacedStrategy(kept, 'byChain');
    if (yield second) return true;
    return isAsWanted(second.made, first.made) ? false : yield* this.withOneMoreThan(kept, 'byChain');
  }

  /** Those kept, as the run before had them, and one anywhere. */
  private *withOneMoreThan(kept: readonly Placed[], placement: Placement): Pass {
    const { made, arities } = this.last!.strategy;
    const { labels } = this.last!.decisions;
    const seen = arities.map((arity, index) => (made.some((point) => point.index === index) ? 1 : arity));
    for (let round = 0; round < NEW_CHOICES; round += 1) {
      for (let index = 0; index < seen.length; index += 1) {
        if (round >= seen[index] - 1) continue;
        const choice = spreadChoice(round, seen[index] - 1);
        if (yield new PlacedStrategy(kept, placement, [{ index, choice }])) return true;
      }
      // After each event has gone ahead of the one that is due, each that is due waits for all others.
      if (round > 0) continue;
      for (let index = 0; index < seen.length; index += 1) {
        if (seen[index] < 2 || labels[index] !== ORDER) continue;
        const ahead = Number.POSITIVE_INFINITY;
        if (yield new PlacedStrategy(kept, placement, [{ index, choice: 1, ahead }])) return true;
      }
    }
    return false;
  }

  /** With fewer deviations nothing is left to try. */
  private get lowest(): number {
    return this.held < 0 ? 0 : 1;
  }

  /** Every schedule with fewer deviations, the fewest first, of as many those without long waits; true if all were tried. */
  private *sweep(): Pass {
    for (let deviations = this.lowest; deviations < this.points.length; deviations += 1) {
      const schedules = new BoundedSchedules(deviations);
      const isKnown = deviations === 1 && this.held >= 1;
      while (!schedules.isOver && this.points.length > deviations) {
        const strategy = new ReadingStrategy(schedules.points);
        yield strategy;
        const { arities, freeChoices } = strategy;
        schedules.advance(isKnown ? arities.map(onlyWaits(this.last!.decisions)) : arities, freeChoices);
      }
    }
    return true;
  }

  /** Tries these deviations, placed in one way after the other. */
  private *attempt(points: readonly Placed[], placements = PLACEMENTS): Pass {
    for (const placement of placements) {
      const strategy = new PlacedStrategy(points, placement);
      if (yield strategy) return true;
      // Where all have found their places, the other names lead to the same.
      if (isAsWanted(strategy.made, points)) return false;
    }
    return false;
  }
}

function isAsWanted(made: readonly Placed[], wanted: readonly Placed[]): boolean {
  return (
    made.length === wanted.length &&
    made.every(({ index, choice, ahead }, place) => {
      const point = wanted[place];
      return index === point.index && choice === point.choice && ahead === point.ahead;
    })
  );
}

/** Leaves of a run's choices the one with which an event begins to wait. */
function onlyWaits({ labels }: Decisions): (arity: number, index: number) => number {
  return (arity, index) => (labels[index] === ORDER ? Math.min(arity, 2) : 1);
}

/** Sets of one or two families, one of them `present`, and how many deviations of them, that make few schedules; the fewest first. */
function affordable(
  sizes: ReadonlyMap<Label, number>,
  deviationsMax: number,
  present: ReadonlySet<Label>,
): { readonly families: readonly Label[]; readonly deviations: number }[] {
  const found: { families: readonly Label[]; deviations: number; runs: number }[] = [];
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

function* subsetsOf<T>(all: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let at = from; at < all.length; at += 1)
    for (const rest of subsetsOf(all, size - 1, at + 1)) yield [all[at], ...rest];
}

/** Fewer deviations weigh less; of as many, those with smaller choices and shorter waits. */
function weightOf(points: readonly Pick<Placed, 'choice' | 'ahead'>[]): number {
  return points.reduce((sum, { choice, ahead }) => sum + 1e6 + Math.min(choice + ahead - 1, 1e5), 0);
}
