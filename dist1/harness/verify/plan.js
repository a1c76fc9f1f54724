import { subdivide } from './shard.js';
/** Splits a verification into jobs for `threads` threads. Sampling is split; an exhaustive search is one job of one part. */
export function planJobs(found, modules, settings, threads, regressions) {
  const jobs = [];
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
