import { checkSeed } from '../../core/arguments.js';
import { ORDER } from '../decisions/label.js';
import { weatherOf } from '../decisions/weather.js';
import { hash, RandomStrategy } from './random.js';
import { shuffling } from './shuffling.js';

/** In the runs that have a stretch, it begins and ends within so many order decisions. */
const STRETCH = 40;
/** Of so many runs, one holds its priorities from beginning to end. */
const WHOLE_EVERY = 4;
/** How likely an event that was passed over gets a new priority: drawn for each run. */
const REDRAWN = [0, 1 / 4, 1 / 2, 3 / 4];
/**
 * Partial order sampling (Yuan et al., CAV 2018): every event, not every chain, gets a random priority, and the highest goes
 * first. There, the events that race with the one taken get new priorities; which ones race is not told here, so each
 * that was passed over does by a chance that is drawn for the run: from never, which starves an event for long, to mostly,
 * which is near a random walk. As with pct, one run in four is so throughout, and the others for a drawn stretch.
 * Decisions that are not about order follow the weather.
 */
export function pos(seed, weather = 'storm') {
  return new PosStrategy(checkSeed(seed), weatherOf(weather));
}
class PosStrategy {
  constructor(seed, weather) {
    /** Of each chain's next event. */
    this.priorities = new Map();
    this.met = 0;
    this.draws = 0;
    this.seed = seed | 0;
    this.others = new RandomStrategy(seed, shuffling(weather));
    this.redrawn = REDRAWN[hash(seed, 0x905, 0) % REDRAWN.length] * 2 ** 32;
    const isWhole = hash(seed, 0x905, 1) % WHOLE_EVERY === 0;
    this.from = isWhole ? 0 : hash(seed, 0x905, 2) % STRETCH;
    this.until = isWhole ? Number.POSITIVE_INFINITY : this.from + 1 + (hash(seed, 0x905, 3) % STRETCH);
  }
  begin() {
    this.others.begin();
    this.priorities.clear();
    this.met = 0;
    this.draws = 0;
  }
  choose(label, arity, chains) {
    if (label !== ORDER || chains === null) return this.others.choose(label, arity);
    const point = this.met;
    this.met += 1;
    if (point < this.from || point >= this.until) return this.others.choose(label, arity);
    let best = 0;
    for (let index = 1; index < arity; index += 1)
      if (this.priorityOf(chains[index]) > this.priorityOf(chains[best])) best = index;
    for (let index = 0; index < arity; index += 1)
      if (index === best || this.draw() < this.redrawn) this.priorities.delete(chains[index].chainId);
    return best;
  }
  priorityOf({ chainId }) {
    let priority = this.priorities.get(chainId);
    if (priority === undefined) {
      priority = this.draw();
      this.priorities.set(chainId, priority);
    }
    return priority;
  }
  draw() {
    this.draws += 1;
    return hash(this.seed, 0x905, 16 + this.draws);
  }
}
