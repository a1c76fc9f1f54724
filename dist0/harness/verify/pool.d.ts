import type { Report } from '../../sim/index.ts';
import { type Job, type ListedScenario, type Replayed } from './job.ts';
export interface PoolOptions {
  /** Threads to use, at least 1. */
  readonly threads: number;
  /** How long one run may take, by the wall's clock; a run that takes longer is a failure. */
  readonly runTimeoutMs: number;
  /** Told what scenarios print. */
  readonly onOutput: (text: string) => void;
}
/** Worker threads, the only place where scenario modules are loaded and run. */
export declare class Pool {
  private readonly options;
  private readonly threads;
  private finished;
  private isStopping;
  private graceTimer;
  constructor(options: PoolOptions);
  /** How many runs were made so far. */
  get runs(): number;
  /** The scenarios that these modules export. Throws ArgumentError for what is not right with them. */
  list(modules: readonly string[]): Promise<readonly ListedScenario[]>;
  replay(modules: readonly string[], schedule: string): Promise<Replayed>;
  /** Carries out jobs, the long ones first. `onReport` is told of each that is done, in the order in which they end. */
  explore(jobs: readonly Job[], onReport: (job: Job, report: Report) => void): Promise<void>;
  /** Ends all searches soon, and begins no new ones; what was done until then is reported. */
  stop(): void;
  end(): Promise<void>;
  private reportOf;
}
