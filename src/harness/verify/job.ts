// What the main thread asks of a worker thread, and what comes back. All of it can be sent between threads.
import type { ExploreOptions, Report } from '../../sim/index.ts';

type SentOptions = Omit<ExploreOptions, 'now' | 'onProgress' | 'onRun' | 'isStopped' | 'arena'>;

/** One search for a worker: a scenario by name, from these modules, and how to explore it. */
export interface Job {
  readonly modules: readonly string[];
  readonly scenario: string;
  readonly options: SentOptions;
}

/** A scenario that modules export, and how it is explored by default. */
export interface ListedScenario {
  readonly name: string;
  readonly options: SentOptions;
  /** Where it was found; undefined if it is a shipped one. */
  readonly module?: string;
}

/** A run as it can be told, whether it has ended or not. */
export interface ToldRun {
  readonly replay: string;
  /** One sentence per deviation; without a trace, the decision and the choice. */
  readonly deviations: readonly string[];
  /** Its events, one line each; empty without a trace. */
  readonly trace: string;
}

export interface Replayed extends ToldRun {
  /** Null if all promises held. */
  readonly failure: { readonly law: string; readonly message: string } | null;
}

export type Task =
  | { readonly kind: 'list'; readonly modules: readonly string[] }
  | { readonly kind: 'explore'; readonly job: Job }
  | { readonly kind: 'replay'; readonly modules: readonly string[]; readonly schedule: string };

/** What a task comes to. */
export interface Results {
  readonly list: readonly ListedScenario[];
  readonly explore: Report;
  readonly replay: Replayed;
}

export type WorkerMessage =
  /** The modules are loaded, and the task proper begins. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'done'; readonly result: unknown }
  /** `isUsage`: the caller asked for what there is not. */
  | { readonly kind: 'error'; readonly isUsage: boolean; readonly message: string }
  /** Something that a scenario has printed. */
  | { readonly kind: 'output'; readonly text: string };

/** What a job's report weighs in the order of work: the long ones first. */
export function weightOf(job: Job): number {
  return job.options.method === 'exhaustive' ? 2 : 1;
}
