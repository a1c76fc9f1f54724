import { checkSeed } from '../../core/arguments.js';
import { ORDER, READY } from '../decisions/label.js';
import { weatherOf } from '../decisions/weather.js';
import { hash, RandomStrategy } from './random.js';
import { shuffling } from './shuffling.js';

/** How long a run is taken to be, in order decisions, before one was seen. */
const FIRST_LENGTH = 32;
/** How much the latest run weighs in the learnt length: faults end runs early and hold them up, so that one says little. */
const LATEST_WEIGHT = 1 / 8;
/** What earlier runs of a scenario have shown of it. */
export class PctKnowledge {
  constructor() {
    /** Order decisions in a run: a running mean, so that change points fall where most runs still are. */
    this.length = FIRST_LENGTH;
    /** The most chains seen in one. */
    this.chains = 2;
    /** Runs it rests on. */
    this.runs = 0;
  }
  note(length, chains) {
    this.length += (length - this.length) * (this.runs === 0 ? 1 : LATEST_WEIGHT);
    this.chains = Math.max(this.chains, chains);
    this.runs += 1;
  }
}
/** Of so many runs, one holds its priorities from beginning to end; the others only for a stretch. */
const WHOLE_EVERY = 4;
/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010; for chains: Ozkan et al., OOPSLA 2018). Every
 * chain gets a random priority, and the highest goes first; at `depth - 1` random points the chain that just went falls
 * below all others. A bug that needs `depth` order constraints is found by one run in which the priorities hold throughout,
 * one in four, with probability at least 1 / (chains · length^(depth-1)). In the others they hold for a drawn
 * stretch, before and after which events are shuffled, as many bugs need one chain starved and the rest in any order. The
 * length is learnt from run to run; well beyond it events are shuffled too, so that runs end (a run in which something
 * starves is longer than those it was learnt from). Decisions that are
 * not about order follow the weather.
 */
export function pct(seed, depth, weather = 'breeze') {
  return new PctStrategy(checkSeed(seed), depth, weatherOf(weather));
}
export class PctStrategy {
  constructor(seed, depth, weather) {
    /** Whether priorities hold throughout this run. */
    this.isWhole = false;
    /** The length that change points are drawn from, in order decisions. */
    this.learnedLength = FIRST_LENGTH;
    this.priorities = new Map();
    this.changePoints = [];
    this.met = 0;
    this.lowest = 0;
    /** The order decisions in which priorities hold: from one (included) to another (excluded). */
    this.from = 0;
    this.until = 0;
    this.seed = seed | 0;
    this.depth = depth;
    this.others = new RandomStrategy(seed, shuffling(weather));
  }
  /** Takes over what earlier runs have shown. */
  learnFrom(knowledge) {
    this.learnedLength = Math.max(1, Math.ceil(knowledge.length));
    return this;
  }
  /** After a run: tells what it has shown. */
  teach(knowledge) {
    knowledge.note(this.met, this.chainCount);
  }
  begin() {
    this.others.begin();
    this.priorities.clear();
    this.met = 0;
    this.lowest = 0;
    this.changePoints = [];
    this.drawStretch();
    for (let point = 1; point < this.depth; point += 1)
      this.changePoints.push(hash(this.seed, 0x9c7, point) % this.learnedLength);
  }
  /** How many order decisions this run has met. */
  get length() {
    return this.met;
  }
  get chainCount() {
    return this.priorities.size;
  }
  choose(label, arity, chains) {
    if (label === ORDER && chains !== null) return this.chooseChain(chains);
    if (label === READY && this.met >= this.from && this.met < this.until)
      return hash(this.seed, 0x4ead, this.met) % arity;
    return this.others.choose(label, arity);
  }
  drawStretch() {
    const { seed, learnedLength } = this;
    this.isWhole = hash(seed, 0xa11, 0) % WHOLE_EVERY === 0;
    this.from = this.isWhole ? 0 : hash(seed, 0xf20, 0) % learnedLength;
    const length = this.isWhole
      ? 2 * learnedLength + FIRST_LENGTH
      : 1 + (hash(seed, 0xf20, 1) % learnedLength);
    this.until = this.from + length;
  }
  chooseChain(chains) {
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
  priorityOf(chain) {
    let priority = this.priorities.get(chain.chainId);
    if (priority === undefined) {
      priority = 1 + hash(this.seed, chain.chainId, 0x9c7);
      this.priorities.set(chain.chainId, priority);
    }
    return priority;
  }
}
