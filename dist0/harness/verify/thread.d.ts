import { Worker } from 'node:worker_threads';
import { FoulweatherError } from '../../core/index.ts';
import type { Results, Task } from './job.ts';
import type { Stuck } from './stuck.ts';
/** A worker thread came to its end in the midst of a task. */
export declare class ThreadLostError extends FoulweatherError {
  /** `exit`: a program ended it. `crash`: an exception that nobody could catch. `stuck`: a run did not end. `stopped`: as asked. */
  readonly how: 'exit' | 'crash' | 'stuck' | 'stopped';
  /** Whether that was while scenarios ran, and not while their modules were loaded. */
  readonly isLoaded: boolean;
  /** How many runs it had begun in this task. */
  readonly runs: number;
  readonly stuck: Stuck | null;
  constructor(
    how: ThreadLostError['how'],
    message: string,
    done: {
      readonly isLoaded: boolean;
      readonly runs: number;
      readonly stuck?: Stuck | null;
    },
  );
}
export interface ThreadOptions {
  /** How long one run may take, by the wall's clock. */
  readonly runTimeoutMs: number;
  /** Finds out where a thread is that does not go on; null if it cannot. */
  readonly whereStuck: (worker: Worker) => Promise<Stuck | null>;
  /** Told what scenarios print. */
  readonly onOutput: (text: string) => void;
}
/** A worker thread that carries out one task at a time, and is replaced when it is lost. */
export declare class Thread {
  private readonly options;
  private worker;
  private pulse;
  private runsBefore;
  private lose;
  private isLoaded;
  constructor(options: ThreadOptions);
  /** How many runs the task under way has begun. */
  get runs(): number;
  /** Asks a search to end soon; its report is then of what was done. */
  askToStop(): void;
  /** Ends the thread now. A task under way fails with ThreadLostError `stopped`. */
  end(): Promise<void>;
  /** Throws ArgumentError for what the caller got wrong, ThreadLostError if the thread is lost. */
  carryOut<Kind extends keyof Results>(
    task: Task & {
      readonly kind: Kind;
    },
  ): Promise<Results[Kind]>;
  private start;
  private discard;
  /** Looks whether runs go on. */
  private watch;
  private lost;
}
