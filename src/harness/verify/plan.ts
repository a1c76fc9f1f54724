import type { Shard } from '../../sim/index.ts';
import type { Job, ListedScenario } from './job.ts';
import { subdivide } from './shard.ts';

/** What the caller of a verification may say about every scenario. */
export interface VerifySettings {
  readonly schedules?: number;
  readonly budgetMs?: number;
  readonly deviations?: number;
  readonly seed: number;
  readonly weather?: 'calm' | 'breeze' | 'storm';
  readonly method?: Job['options']['method'];
  /** Whether separate connections are searched in every order, too. */
  readonly everyOrder: boolean;
  readonly shard: Shard;
}

/** Splits a verification into jobs for `threads` threads. Sampling is split; an exhaustive search is one job of one part. */
export function planJobs(
  found: readonly ListedScenario[],
  modules: readonly string[],
  settings: VerifySettings,
  threads: number,
  regressions: (scenario: string) => readonly string[],
): Job[] {
  const jobs: Job[] = [];
  let wholeCount = 0;
  for (const { name, options } of found) {
    const method =
      settings.method ?? (settings.deviations === undefined ? options.method : 'bounded') ?? 'portfolio';
    const isWhole = method === 'exhaustive';
    // An exhaustive search is not split: the parts take turns.
    if (isWhole && wholeCount++ % settings.shard.count !== settings.shard.index) continue;
    const parts = isWhole ? 1 : threads;
    const isLimited =
      settings.schedules === undefined && settings.budgetMs === undefined && method !== 'bounded';
    for (let part = 0; part < parts; part += 1) {
      jobs.push({
        modules,
        scenario: name,
        options: {
          ...options,
          method,
          schedules: isLimited ? options.schedules : settings.schedules,
          budgetMs: settings.budgetMs ?? options.budgetMs,
          deviations: settings.deviations,
          prune: settings.everyOrder ? 'none' : options.prune,
          seed: settings.seed,
          weather: settings.weather ?? options.weather,
          shard: isWhole ? undefined : subdivide(settings.shard, part, parts),
          regressions: part === 0 ? regressions(name) : [],
        },
      });
    }
  }
  return jobs;
}
