import type { DeviationPoint } from '../strategies/replay.ts';

/** What a bounded search needs of a run: how many choices each decision had. */
export interface BoundedRun {
  readonly decisions: { readonly length: number; readonly arities: readonly number[] };
}

/** Which part of a search this process covers: schedule `n` belongs to part `n % count`. */
export interface Shard {
  /** From 0 (included) to `count` (excluded). */
  readonly index: number;
  readonly count: number;
}

export const WHOLE: Shard = { index: 0, count: 1 };

export interface BoundedSearch<R extends BoundedRun> {
  /** Runs the schedule with just these deviations. */
  readonly run: (points: readonly DeviationPoint[]) => R;
  /** Told of each schedule with exactly `deviations` deviations; false ends the search. */
  readonly visit: (run: R) => boolean;
  readonly deviations: number;
  readonly shard?: Shard;
}

/** Runs every schedule with exactly `deviations` deviations, each once. Returns whether it came to its end. */
export function searchBounded<R extends BoundedRun>(search: BoundedSearch<R>): boolean {
  const { run, visit, deviations } = search;
  const schedules = new BoundedSchedules(deviations, { shard: search.shard });
  while (!schedules.isOver) {
    const result = run(schedules.points);
    if (schedules.isVisit && !visit(result)) return false;
    schedules.advance(result.decisions.arities);
  }
  return true;
}

/** In which order the choices of a decision come: `ascending`, or the ends first and then between, each decision in turn. */
export type ChoiceOrder = 'ascending' | 'spread';

/** The decisions below one parent: which of them deviates next, and how. */
interface Frame {
  /** The index of the first decision. */
  readonly from: number;
  readonly arities: readonly number[];
  /** Rounds through the choices: the greatest arity less one. */
  readonly rounds: number;
  offset: number;
  /** Choices among them that count as no deviation: they come later. */
  readonly free: readonly DeviationPoint[];
  /** Choices tried, counted from 0: for `spread`, of each decision before the next of any. */
  round: number;
}

/** A schedule, and what follows from it by choices that count as no deviation. */
interface Later {
  readonly points: readonly DeviationPoint[];
  readonly freeCount: number;
  readonly next: DeviationPoint;
}

/**
 * Every schedule with exactly `deviations` deviations, each once, the next after the run of the one before: a schedule is
 * its parent, which has one fewer, and one more deviation after its last. Parents have to be run, too, to learn
 * their decisions. Stores no states.
 */
export class BoundedSchedules {
  /** The schedule to run now. Changed in place by `advance`. */
  readonly points: DeviationPoint[] = [];
  /** Whether none is left. */
  isOver = false;
  private readonly deviations: number;
  private readonly shard: Shard;
  private readonly order: ChoiceOrder;
  private readonly frames: Frame[] = [];
  /** How many of the points count as no deviation. */
  private freeCount = 0;
  /** Those that have more of them than the schedules so far. */
  private readonly later: Later[] = [];
  private ordinal: number;

  /** `firstOrdinal` is the number of the first schedule, where a search counts on from an earlier one. Default 0. */
  constructor(
    deviations: number,
    options: { readonly shard?: Shard; readonly order?: ChoiceOrder; readonly firstOrdinal?: number } = {},
  ) {
    this.deviations = deviations;
    this.ordinal = options.firstOrdinal ?? 0;
    this.shard = options.shard ?? WHOLE;
    this.order = options.order ?? 'ascending';
    if (deviations === 0) this.isOver = !this.belongsHere();
  }

  /** Whether the schedule to run now is one of those asked for, and not only a parent. */
  get isVisit(): boolean {
    return this.points.length - this.freeCount === this.deviations;
  }

  /** The number of the schedule after the one to run now, or after the last: of all parts' schedules. */
  get nextOrdinal(): number {
    return this.ordinal;
  }

  /**
   * Moves on, given how many choices each decision of the run had. `freeChoices` are those among them that count as no deviation of
   * their own: a schedule with one of these more has no more deviations, and comes after all that have fewer of them. Default: none.
   */
  advance(arities: readonly number[], freeChoices: readonly DeviationPoint[] = []): void {
    this.open(arities, freeChoices);
    const { points, frames } = this;
    while (frames.length > 0) {
      const point = this.nextPoint(frames[frames.length - 1]);
      if (point === undefined) {
        frames.pop();
        if (frames.length > 0) points.pop();
        continue;
      }
      points.push(point);
      if (!this.isVisit || this.belongsHere()) return;
      points.pop();
    }
    while (this.takeLater()) if (!this.isVisit || this.belongsHere()) return;
    this.isOver = true;
  }

  /** The schedules that follow from the one just run, each by one more point after its last. */
  private open(arities: readonly number[], freeChoices: readonly DeviationPoint[]): void {
    const { points, frames, freeCount } = this;
    const from = points.length === 0 ? 0 : points[points.length - 1].index + 1;
    const free = freeChoices.filter(({ index }) => index >= from);
    if (free.length > 0) {
      const before = [...points];
      for (const next of free) this.later.push({ points: before, freeCount: freeCount + 1, next });
    }
    if (this.isVisit) {
      if (frames.length > 0) points.pop();
      return;
    }
    const own = arities.slice(from);
    let rounds = 0;
    for (let offset = 0; offset < own.length; offset += 1) rounds = Math.max(rounds, own[offset] - 1);
    frames.push({ from, arities: own, rounds, offset: -1, round: 0, free });
  }

  private nextPoint(frame: Frame): DeviationPoint | undefined {
    for (;;) {
      const choice = this.order === 'spread' ? nextSpread(frame) : nextAscending(frame);
      if (choice === 0) return undefined;
      const index = frame.from + frame.offset;
      if (!frame.free.some((point) => point.index === index && point.choice === choice))
        return { index, choice };
    }
  }

  /** Goes to the next of the schedules put off; false if there is none. */
  private takeLater(): boolean {
    const next = this.later.shift();
    if (next === undefined) return false;
    this.points.length = 0;
    this.points.push(...next.points, next.next);
    this.freeCount = next.freeCount;
    return true;
  }

  private belongsHere(): boolean {
    this.ordinal += 1;
    return (this.ordinal - 1) % this.shard.count === this.shard.index;
  }
}

/** The next choice, of one decision after the other; 0 when there is none. */
function nextAscending(frame: Frame): number {
  if (frame.offset < 0) frame.offset = 0;
  while (frame.offset < frame.arities.length) {
    frame.round += 1;
    if (frame.round < frame.arities[frame.offset]) return frame.round;
    frame.offset += 1;
    frame.round = 0;
  }
  return 0;
}

/** The next choice: the first of each decision, then the second of each; 0 when there is none. */
function nextSpread(frame: Frame): number {
  while (frame.round < frame.rounds) {
    frame.offset += 1;
    if (frame.offset === frame.arities.length) {
      frame.offset = -1;
      frame.round += 1;
    } else if (frame.round < frame.arities[frame.offset] - 1)
      return spreadChoice(frame.round, frame.arities[frame.offset] - 1);
  }
  return 0;
}

/**
 * The choice that comes at `place` (from 0) of the choices 1 to `count`: 1, `count`, 2, `count - 1`, and then the rest in
 * strides of the golden section, so that each prefix is spread over all. What happens at an end of a segment is
 * what most programs get wrong.
 */
export function spreadChoice(place: number, count: number): number {
  if (count <= 4) return place + 1;
  if (place < 4) return [1, count, 2, count - 1][place];
  const rest = count - 4;
  let stride = Math.max(1, Math.round(rest * 0.618));
  while (!areCoprime(stride, rest)) stride += 1;
  return 3 + (((place - 4) * stride) % rest);
}

function areCoprime(a: number, b: number): boolean {
  while (b !== 0) [a, b] = [b, a % b];
  return a === 1;
}
