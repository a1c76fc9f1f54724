import type { Shard } from '../../sim/index.ts';
import type { ShippedScenario } from '../scenarios/index.ts';
import type { Job } from './job.ts';
import { subdivide } from './shard.ts';

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

/** What may be done with one scenario by one thread at most, if nothing else is said. */
const DEFAULT_SCHEDULES = 20_000;

/** Splits a verification into jobs for `threads` threads. Sampling is split; an exhaustive search is one job. */
export function planJobs(
  found: readonly ShippedScenario[],
  modules: readonly string[],
  settings: VerifySettings,
  threads: number,
  regressions: (scenario: string) => readonly string[],
): Job[] {
  const jobs: Job[] = [];
  for (const { scenario, options } of found) {
    const method =
      settings.method ?? (settings.deviations === undefined ? options.method : 'bounded') ?? 'portfolio';
    const isWhole = method === 'exhaustive';
    // An exhaustive search is not split: the first shard does it.
    if (isWhole && settings.shard.index > 0) continue;
    const parts = isWhole ? 1 : threads;
    const total =
      method === 'bounded' && settings.schedules === undefined
        ? undefined
        : (settings.schedules ?? options.schedules ?? DEFAULT_SCHEDULES);
    for (let part = 0; part < parts; part += 1) {
      const shard = isWhole ? settings.shard : subdivide(settings.shard, part, parts);
      const schedules =
        isWhole || total === undefined ? settings.schedules : Math.ceil((total - shard.index) / shard.count);
      if (schedules !== undefined && schedules < 1) continue;
      jobs.push({
        modules,
        scenario: scenario.name,
        options: {
          ...options,
          method,
          schedules,
          budgetMs: settings.budgetMs ?? options.budgetMs,
          deviations: settings.deviations,
          seed: settings.seed,
          weather: settings.weather ?? options.weather,
          shard: isWhole ? undefined : shard,
          regressions: part === 0 ? regressions(scenario.name) : [],
        },
      });
    }
  }
  return jobs;
}
