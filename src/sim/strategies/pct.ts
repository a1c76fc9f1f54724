import type { Chain, Strategy } from '../decisions.ts';
import { type Label, ORDER, READY } from '../label.ts';
import { type WEATHERS, type Weather, weatherOf } from '../weather.ts';
import { hash, RandomStrategy } from './random.ts';

/** How long the first run is taken to be, in order decisions, before one was seen. */
const FIRST_LENGTH = 32;

/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010; for chains: Ozkan et al., OOPSLA 2018). Every
 * chain gets a random priority, and the highest goes first; at `depth - 1` random points the chain that just went falls
 * below all others. A bug that needs `depth` order constraints is found by one run with probability at least
 * 1 / (chains · length^(depth-1)). The length is learnt from run to run; after the last point and beyond the
 * length learnt the choice is random, so that runs end. Decisions that are not about order follow the weather.
 */
export function pct(
  seed: number,
  depth: number,
  weather: Weather | keyof typeof WEATHERS = 'breeze',
): PctStrategy {
  return new PctStrategy(seed, depth, weatherOf(weather));
}

export class PctStrategy implements Strategy {
  readonly depth: number;
  /** The longest run seen, in order decisions, and the most chains in one of them. */
  learnedLength = FIRST_LENGTH;
  learnedChains = 2;
  private readonly others: RandomStrategy;
  private readonly seed: number;
  private readonly priorities = new Map<number, number>();
  private changePoints: number[] = [];
  private met = 0;
  private lowest = 0;

  constructor(seed: number, depth: number, weather: Weather) {
    this.seed = seed | 0;
    this.depth = depth;
    this.others = new RandomStrategy(seed, { ...weather, order: 0, ready: 0 });
  }

  /** Takes over what an earlier run has learnt. */
  learnFrom(earlier: { readonly learnedLength: number; readonly learnedChains: number }): this {
    this.learnedLength = earlier.learnedLength;
    this.learnedChains = earlier.learnedChains;
    return this;
  }

  begin(): void {
    this.others.begin();
    this.priorities.clear();
    this.met = 0;
    this.lowest = 0;
    this.changePoints = [];
    for (let point = 1; point < this.depth; point += 1)
      this.changePoints.push(hash(this.seed, 0x9c7, point) % this.learnedLength);
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
    if (label === READY) return hash(this.seed, 0x4ead, this.met) % arity;
    return this.others.choose(label, arity);
  }

  private chooseChain(chains: readonly Chain[]): number {
    const point = this.met;
    this.met += 1;
    if (point >= 2 * this.learnedLength) return hash(this.seed, 0xfa1, point) % chains.length;
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
