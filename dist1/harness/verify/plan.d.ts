import type { Shard } from '../../sim/index.ts';
import type { Job, ListedScenario } from './job.ts';
/** What the caller of a verification may say about every scenario. */
export interface VerifySettings {
  readonly schedules?: number;
  readonly budgetMs?: number;
  readonly deviations?: number;
  readonly seed: number;
  readonly weather?: 'calm' | 'breeze' | 'storm';
  readonly method?: Job['options']['method'];
  readonly shard: Shard;
}
/** Splits a verification into jobs for `threads` threads. Sampling is split; an exhaustive search is one job of one part. */
export declare function planJobs(
  found: readonly ListedScenario[],
  modules: readonly string[],
  settings: VerifySettings,
  threads: number,
  regressions: (scenario: string) => readonly string[],
): Job[];
