import { PctKnowledge, PctStrategy } from '../strategies/pct.js';
import { pos } from '../strategies/pos.js';
import { RandomStrategy } from '../strategies/random.js';
import { swarm } from '../strategies/swarm.js';

/** From so many of the first samples pct learns how long runs are. */
const LESSONS = 32;
/** Samples one schedule after the other, by strategies in turn. Round `n` belongs to part `n % count` of a search. */
export class Sampling {
  constructor(options) {
    /** Rounds so far, those of other parts included. */
    this.rounds = 0;
    /** By depth, how likely pct has missed a bug so far. */
    this.missed = {};
    this.knowledge = new PctKnowledge();
    this.options = options;
  }
  /** In words. */
  get label() {
    const { kinds, depth } = this.options;
    return kinds.map((kind) => (kind === 'pct' ? `pct depth ${depth ?? '1–3'}` : kind)).join(', ');
  }
  /** Takes the next round, and gives its run; null if it is another part's. */
  take(run) {
    const { kinds, shard } = this.options;
    const round = this.rounds;
    this.rounds = round + 1;
    const isOwn = round % shard.count === shard.index;
    const kind = kinds[round % kinds.length];
    // Every part learns from the same runs, so that all parts together draw what one would.
    const isLesson = kind === 'pct' && round < LESSONS;
    if (!isOwn && !isLesson) return null;
    const strategy = this.strategy(kind, round);
    const taken = run(strategy);
    if (strategy instanceof PctStrategy) {
      if (isLesson) strategy.teach(this.knowledge);
      if (isOwn) this.noteMissed(strategy);
    }
    return isOwn ? taken : null;
  }
  strategy(kind, round) {
    const { weather, depth, kinds } = this.options;
    const seed = this.options.seed * 1_000_003 + round;
    if (kind === 'swarm') return swarm(seed, weather);
    if (kind === 'pos') return pos(seed, weather);
    if (kind === 'random') return new RandomStrategy(seed, weather);
    return new PctStrategy(seed, depth ?? 1 + (Math.floor(round / kinds.length) % 3), weather).learnFrom(
      this.knowledge,
    );
  }
  /** One run misses a bug of this depth with probability at most 1 - 1/(chains · length^(depth-1)). */
  noteMissed({ isWhole, depth, chainCount, learnedLength }) {
    if (!isWhole) return;
    let worst = Math.max(2, chainCount);
    for (let factor = 1; factor < depth; factor += 1) worst *= Math.max(2, learnedLength);
    this.missed[depth] = (this.missed[depth] ?? 1) * (1 - 1 / worst);
  }
}
