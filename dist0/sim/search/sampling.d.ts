import type { Strategy } from '../decisions/decisions.ts';
import type { Weather } from '../decisions/weather.ts';
import type { Run } from '../scenario.ts';
import type { Shard } from './bounded.ts';
export type SamplerKind = 'pct' | 'pos' | 'swarm' | 'random';
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
export declare class Sampling {
  /** Rounds so far, those of other parts included. */
  rounds: number;
  /** By depth, how likely pct has missed a bug so far. */
  readonly missed: Record<number, number>;
  private readonly options;
  private readonly knowledge;
  constructor(options: SamplingOptions);
  /** In words. */
  get label(): string;
  /** Takes the next round, and gives its run; null if it is another part's. */
  take(run: (strategy: Strategy) => Run): Run | null;
  private strategy;
  /** One run misses a bug of this depth with probability at most 1 - 1/(chains · length^(depth-1)). */
  private noteMissed;
}
