import type { Strategy } from '../decisions/decisions.ts';
import type { Weather } from '../decisions/weather.ts';
import type { Run } from '../scenario.ts';
import { mayMiss, PctKnowledge, PctStrategy } from '../strategies/pct.ts';
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
  /** By depth, and by the length that change points were drawn from: how many runs were pure. */
  private readonly pure = new Map<number, Map<number, number>>();
  /** Of all pure runs. */
  private readonly seen = new PctKnowledge();
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

  /** By depth, how likely pct has missed a bug so far: told by the longest pure run, and by the one of the most chains. */
  get missed(): Record<number, number> {
    const missed: Record<number, number> = {};
    const { chains, longest } = this.seen;
    for (const [depth, counts] of this.pure) {
      missed[depth] = 1;
      for (const [length, count] of counts)
        missed[depth] *= power(mayMiss({ depth, length, chains, longest }), count);
    }
    return missed;
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

  private noteMissed({ depth, learnedLength, isPure, length, chainCount }: PctStrategy): void {
    const counts = this.pure.get(depth) ?? new Map<number, number>();
    this.pure.set(depth, counts);
    if (!isPure) return;
    this.seen.notePure(length, chainCount);
    counts.set(learnedLength, (counts.get(learnedLength) ?? 0) + 1);
  }
}

/** `base` to the power of a whole number, alike on every engine. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let square = base, left = exponent; left > 0; left = Math.floor(left / 2), square *= square)
    if (left % 2 === 1) result *= square;
  return result;
}
