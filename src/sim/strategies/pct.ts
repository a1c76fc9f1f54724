import { checkInteger, checkSeed } from '../../core/arguments.ts';
import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label, ORDER, READY } from '../decisions/label.ts';
import { type WEATHERS, type Weather, weatherOf } from '../decisions/weather.ts';
import { hash, RandomStrategy } from './random.ts';
import { shuffling } from './shuffling.ts';

/** How long a run is taken to be, in order decisions, before one was seen. */
const FIRST_LENGTH = 32;

/** How much the latest run weighs in the learnt length: faults end runs early and hold them up, so that one says little. */
const LATEST_WEIGHT = 1 / 8;

/** What earlier runs of a scenario have shown of it. */
export class PctKnowledge {
  /** Order decisions in a run: a running mean, so that change points fall where most runs still are. */
  length = FIRST_LENGTH;
  /** The most chains seen in a pure one. */
  chains = 2;
  /** The most order decisions seen in a pure one. */
  longest = 0;
  /** Runs it rests on. */
  runs = 0;

  note(length: number): void {
    this.length += (length - this.length) * (this.runs === 0 ? 1 : LATEST_WEIGHT);
    this.runs += 1;
  }

  notePure(length: number, chains: number): void {
    this.chains = Math.max(this.chains, chains);
    this.longest = Math.max(this.longest, length);
  }
}

/** Of so many runs one is pure. */
const PURE_EVERY = 16;

/** Of those many runs so many hold their priorities from beginning to end, the pure one included; the others only for a stretch. */
const WHOLE = 4;

/** So many times the length reach the change points of a pure run, of which one in so many is drawn from all of it. */
const REACH = 8;

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010; for chains: Ozkan et al., OOPSLA 2018). Every
 * chain gets a random priority, and the highest goes first; at `depth - 1` random points the chain that just went falls
 * below all others. Of sixteen runs one is pure: priorities hold throughout, and nothing but order deviates. It finds a bug that needs
 * `depth` order constraints, and no fault, with probability at least 1 / (chains · length^(depth-1)), the length that change
 * points are drawn from. In three they hold throughout while faults follow the weather, and in twelve for a drawn
 * stretch, before and after which events are shuffled, as many bugs need one chain starved and the rest in any order. The
 * length is learnt from run to run; well beyond it events are shuffled too, so that runs end (a run in which something
 * starves is longer than those it was learnt from).
 */
export function pct(
  seed: number,
  depth: number,
  weather: Weather | keyof typeof WEATHERS = 'breeze',
): PctStrategy {
  return new PctStrategy(checkSeed(seed), checkDepth(depth), weatherOf(weather));
}

/** So many change points are drawn before each run. */
const DEPTH_MAX = 1000;

/** `value` is a depth: 1 has no change point. */
export function checkDepth(value: unknown): number {
  return checkInteger('depth', value, 1, DEPTH_MAX);
}

/**
 * With what probability, at most, one pure run misses a bug of this depth among so many chains, if no run has more order
 * decisions than `longest` and change points are drawn from `length`. 1 where they may have to fall beyond their reach.
 */
export function mayMiss(run: {
  readonly depth: number;
  readonly length: number;
  readonly chains: number;
  readonly longest: number;
}): number {
  const { depth, length, chains, longest } = run;
  if (depth > 1 && longest > length * REACH) return 1;
  const places = longest <= length ? (length * REACH) / (REACH - 1) : length * REACH * REACH;
  let worst = chains;
  for (let point = 1; point < depth; point += 1) worst *= places;
  return 1 - 1 / worst;
}

export class PctStrategy implements Strategy {
  readonly depth: number;
  /** Whether priorities hold throughout this run, and nothing but order deviates. */
  isPure = false;
  /** The length that change points are drawn from, in order decisions. */
  learnedLength = FIRST_LENGTH;
  private readonly others: RandomStrategy;
  private readonly seed: number;
  private readonly priorities = new Map<number, number>();
  private changePoints: number[] = [];
  private met = 0;
  private lowest = 0;
  /** The order decisions in which priorities hold: from one (included) to another (excluded). */
  private from = 0;
  private until = 0;

  constructor(seed: number, depth: number, weather: Weather) {
    this.seed = seed | 0;
    this.depth = depth;
    this.others = new RandomStrategy(seed, shuffling(weather));
  }

  /** Takes over what earlier runs have shown. */
  learnFrom(knowledge: PctKnowledge): this {
    this.learnedLength = Math.max(1, Math.ceil(knowledge.length));
    return this;
  }

  /** After a run: tells what it has shown. */
  teach(knowledge: PctKnowledge): void {
    knowledge.note(this.met);
    if (this.isPure) knowledge.notePure(this.met, this.chainCount);
  }

  begin(): void {
    this.others.begin();
    this.priorities.clear();
    this.met = 0;
    this.lowest = 0;
    this.changePoints = [];
    this.drawStretch();
    for (let point = 1; point < this.depth; point += 1) this.changePoints.push(this.drawPoint(point));
  }

  /** How many order decisions this run has met. */
  get length(): number {
    return this.met;
  }

  get chainCount(): number {
    return this.priorities.size;
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null): number {
    if (label === ORDER && chains !== null) return this.chooseChain(chains);
    if (this.isPure) return 0;
    if (label === READY && this.met >= this.from && this.met < this.until)
      return hash(this.seed, 0x4ead, this.met) % arity;
    return this.others.choose(label, arity);
  }

  private drawStretch(): void {
    const { seed, learnedLength } = this;
    const drawn = hash(seed, 0xa11, 0) % PURE_EVERY;
    this.isPure = drawn === 0;
    this.from = drawn < WHOLE ? 0 : hash(seed, 0xf20, 0) % learnedLength;
    if (this.isPure) this.until = REACH * learnedLength;
    else if (drawn < WHOLE) this.until = 2 * learnedLength + FIRST_LENGTH;
    else this.until = this.from + 1 + (hash(seed, 0xf20, 1) % learnedLength);
  }

  /** Some points of pure runs fall far out: there may be runs much longer than those it was learnt from. */
  private drawPoint(point: number): number {
    const { seed, learnedLength } = this;
    const isFar = this.isPure && hash(seed, 0xfa2, point) % REACH === 0;
    return hash(seed, 0x9c7, point) % (isFar ? REACH * learnedLength : learnedLength);
  }

  private chooseChain(chains: readonly Chain[]): number {
    const point = this.met;
    this.met += 1;
    if (point < this.from || point >= this.until) {
      for (const chain of chains) this.priorityOf(chain);
      return this.others.choose(ORDER, chains.length);
    }
    let best = 0;
    for (let index = 1; index < chains.length; index += 1) {
      if (this.priorityOf(chains[index]) > this.priorityOf(chains[best])) best = index;
    }
    if (this.changePoints.includes(point)) {
      this.lowest -= 1;
      this.priorities.set(chains[best].chainId, this.lowest);
    }
    return best;
  }

  private priorityOf(chain: Chain): number {
    let priority = this.priorities.get(chain.chainId);
    if (priority === undefined) {
      priority = 1 + hash(this.seed, chain.chainId, 0x9c7);
      this.priorities.set(chain.chainId, priority);
    }
    return priority;
  }
}
