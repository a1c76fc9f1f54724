import type { Strategy } from '../decisions/decisions.ts';
import type { Weather } from '../decisions/weather.ts';
import type { Run } from '../scenario.ts';
import { PctKnowledge, PctStrategy } from '../strategies/pct.ts';
import { pos } from '../strategies/pos.ts';
import { RandomStrategy } from '../strategies/random.ts';
import { swarm } from '../strategies/swarm.ts';
import type { Shard } from './bounded.ts';

export type SamplerKind = 'pct' | 'pos' | 'swarm' | 'random';

/** From so many of the first samples pct learns how long runs are. */
const LESSONS = 32;

export interface SamplingOptions {
  /** Taken in turn. */
  readonly kinds: readonly SamplerKind[];
  readonly seed: number;
  readonly weather: Weather;
  readonly shard: Shard;
  /** For `pct`: the depth. Default: 1, 2 and 3 in turn. */
  readonly depth?: number;
}

/** Samples one schedule after the other, by strategies in turn. Round `n` belongs to part `n % count` of a search. */
export class Sampling {
  /** Rounds so far, those of other parts included. */
  rounds = 0;
  /** By depth, how likely pct has missed a bug so far. */
  readonly missed: Record<number, number> = {};
  private readonly options: SamplingOptions;
  private readonly knowledge = new PctKnowledge();

  constructor(options: SamplingOptions) {
    this.options = options;
  }

  /** The strategy of the round that was taken last, in words. */
  latest = '';

  /** In words. */
  get label(): string {
    const { kinds, depth } = this.options;
    return kinds.map((kind) => (kind === 'pct' ? `pct depth ${depth ?? '1–3'}` : kind)).join(', ');
  }

  /** Takes the next round, and gives its run; null if it is another part's. */
  take(run: (strategy: Strategy) => Run): Run | null {
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

  private strategy(kind: SamplerKind, round: number): Strategy {
    const { weather, kinds } = this.options;
    const depth = this.options.depth ?? 1 + (Math.floor(round / kinds.length) % 3);
    this.latest = kind === 'pct' ? `pct of depth ${depth}` : kind;
    const seed = this.options.seed * 1_000_003 + round;
    if (kind === 'swarm') return swarm(seed, weather);
    if (kind === 'pos') return pos(seed, weather);
    if (kind === 'random') return new RandomStrategy(seed, weather);
    return new PctStrategy(seed, depth, weather).learnFrom(this.knowledge);
  }

  /** One run misses a bug of this depth with probability at most 1 - 1/(chains · length^(depth-1)). */
  private noteMissed({ isWhole, depth, chainCount, learnedLength }: PctStrategy): void {
    if (!isWhole) return;
    let worst = Math.max(2, chainCount);
    for (let factor = 1; factor < depth; factor += 1) worst *= Math.max(2, learnedLength);
    this.missed[depth] = (this.missed[depth] ?? 1) * (1 - 1 / worst);
  }
}
