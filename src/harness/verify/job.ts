import type { ExploreOptions, Report } from '../../sim/index.ts';

/** One search for a worker: a scenario by name, from these modules, and how to explore it. Can be sent to a thread. */
export interface Job {
  readonly modules: readonly string[];
  readonly scenario: string;
  readonly options: Omit<ExploreOptions, 'now' | 'onProgress' | 'onRun'>;
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly schedules: number }
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'error'; readonly message: string };

/** What a job's report weighs in the order of work: the long ones first. */
export function weightOf(job: Job): number {
  return job.options.method === 'exhaustive' ? 2 : 1;
}
