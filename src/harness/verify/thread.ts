import { Worker } from 'node:worker_threads';
import { ArgumentError, FoulweatherError } from '../../core/index.ts';
import { tellThrown } from '../../core/thrown.ts';
import { placeThrown } from '../../sim/report/place.ts';
import type { Results, Task, WorkerMessage } from './job.ts';
import { Pulse } from './pulse.ts';
import type { Stuck } from './stuck.ts';

/** How often a busy thread is looked at. */
const LOOK_MS = 100;

/** How long a thread may take to end. What waits for the operating system (a child process, a pipe) cannot be ended. */
const END_MS = 2000;

/** A worker thread came to its end in the midst of a task. */
export class ThreadLostError extends FoulweatherError {
  /**
   * `exit`: a program ended it. `crash`: an exception that nobody could catch. `memory`: it had not enough. `stuck`: a run did not
   * end. `stopped`: as asked.
   */
  readonly how: 'exit' | 'crash' | 'memory' | 'stuck' | 'stopped';
  /** Whether that was while scenarios ran, and not while their modules were loaded. */
  readonly isLoaded: boolean;
  /** How many runs it had begun in this task. */
  readonly runs: number;
  readonly stuck: Stuck | null;

  constructor(
    how: ThreadLostError['how'],
    message: string,
    done: { readonly isLoaded: boolean; readonly runs: number; readonly stuck?: Stuck | null },
  ) {
    super('ERR_WORKER', message);
    this.how = how;
    this.isLoaded = done.isLoaded;
    this.runs = done.runs;
    this.stuck = done.stuck ?? null;
  }
}

export interface ThreadOptions {
  /** How long one run may take, by the wall's clock. */
  readonly runTimeoutMs: number;
  /** How long the modules may take to load, by the wall's clock. */
  readonly loadTimeoutMs: number;
  /** Finds out where a thread is that does not go on; null if it cannot. */
  readonly whereStuck: (worker: Worker) => Promise<Stuck | null>;
  /** Told what scenarios print. */
  readonly onOutput: (text: string) => void;
}

/** A worker thread that carries out one task at a time, and is replaced when it is lost. */
export class Thread {
  private readonly options: ThreadOptions;
  private worker: Worker | null = null;
  private pulse = new Pulse();
  private runsBefore = 0;
  private lose: ((error: Error) => void) | null = null;
  private isLoaded = false;
  private heldCount = 0;

  constructor(options: ThreadOptions) {
    this.options = options;
  }

  /** How many runs the task under way has begun. */
  get runs(): number {
    return Atomics.load(this.pulse.runs, 0) - this.runsBefore;
  }

  /** Whether a worker that was to end is still there: the process cannot exit without it. */
  get isHeld(): boolean {
    return this.heldCount > 0;
  }

  /** Asks a search to end soon; its report is then of what was done. */
  askToStop(): void {
    this.pulse.askToStop();
  }

  /** Ends the thread now. A task under way fails with ThreadLostError `stopped`. */
  async end(): Promise<void> {
    this.lose?.(this.lost('stopped', 'it was stopped'));
    await this.discard();
  }

  /** Throws ArgumentError for what the caller got wrong, ThreadLostError if the thread is lost. */
  async carryOut<Kind extends keyof Results>(task: Task & { readonly kind: Kind }): Promise<Results[Kind]> {
    const worker = this.start();
    this.isLoaded = false;
    this.runsBefore = Atomics.load(this.pulse.runs, 0);
    let watchdog: NodeJS.Timeout | undefined;
    // Others listen to a worker, too: `terminate` waits for its exit.
    const listening: [event: string, listener: (told: unknown) => void][] = [];
    const listen = <T>(event: string, listener: (told: T) => void): void => {
      listening.push([event, listener as (told: unknown) => void]);
      worker.on(event, listener as (told: unknown) => void);
    };
    try {
      return await new Promise<Results[Kind]>((resolve, reject) => {
        this.lose = reject;
        listen('message', (message: WorkerMessage) => {
          if (message.kind === 'output') this.options.onOutput(message.text);
          else if (message.kind === 'loaded') this.isLoaded = true;
          else if (message.kind === 'done') resolve(message.result as Results[Kind]);
          else if (message.isUsage) reject(new ArgumentError('ERR_INVALID_ARG_VALUE', message.message));
          else reject(new FoulweatherError('ERR_WORKER', message.message));
        });
        listen('error', (error) => reject(this.crashed(error)));
        listen('exit', (code) =>
          reject(this.lost('exit', `the program ended its thread with exit code ${code}`)),
        );
        worker.postMessage(task);
        watchdog = this.watch(worker, reject);
      });
    } catch (error) {
      if (error instanceof ThreadLostError) await this.discard();
      throw error;
    } finally {
      clearInterval(watchdog);
      this.lose = null;
      this.runsBefore = Atomics.load(this.pulse.runs, 0);
      for (const [event, listener] of listening) worker.off(event, listener);
    }
  }

  private start(): Worker {
    if (this.worker === null) {
      this.pulse = new Pulse();
      this.worker = new Worker(new URL('./worker.js', import.meta.url), {
        workerData: { memory: this.pulse.memory },
      });
      // Without a listener an error of a thread between two tasks would end the process.
      this.worker.on('error', () => {});
    }
    return this.worker;
  }

  private async discard(): Promise<void> {
    const { worker } = this;
    if (worker === null) return;
    this.worker = null;
    this.heldCount += 1;
    const ended = worker.terminate().then(() => {
      this.heldCount -= 1;
    });
    // After that, as `terminate` holds the process.
    worker.unref();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, END_MS);
    });
    await Promise.race([ended, patience]);
    clearTimeout(timer);
  }

  /** Looks whether runs go on. */
  private watch(worker: Worker, reject: (error: Error) => void): NodeJS.Timeout {
    let seen = -1;
    let sinceMs = performance.now();
    let isAsking = false;
    return setInterval(() => {
      const { runs } = this;
      const mark = this.isLoaded ? runs : -1;
      const nowMs = performance.now();
      if (mark !== seen) {
        seen = mark;
        sinceMs = nowMs;
      }
      const limitMs = this.isLoaded ? this.options.runTimeoutMs : this.options.loadTimeoutMs;
      if (isAsking || nowMs - sinceMs < limitMs) return;
      isAsking = true;
      const what = this.isLoaded ? `run ${runs} has not ended` : 'it has not come to its end';
      void this.options.whereStuck(worker).then((stuck) => {
        const option = this.isLoaded ? '--run-timeout' : '--load-timeout';
        reject(this.lost('stuck', `${what} after ${limitMs / 1000} s (${option}); ${whereIs(stuck)}`, stuck));
      });
    }, LOOK_MS);
  }

  private crashed(error: unknown): ThreadLostError {
    const place = placeThrown(error);
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return this.lost(
        'memory',
        'the thread ran out of memory: look for what is kept from run to run (a variable of a module, a cache), or grows without end; NODE_OPTIONS=--max-old-space-size=… gives more',
      );
    return this.lost(
      'crash',
      `an exception that nobody handled ended the thread: ${tellThrown(error)}${place === '' ? '' : `, at ${place}`}`,
    );
  }

  private lost(how: ThreadLostError['how'], message: string, stuck: Stuck | null = null): ThreadLostError {
    return new ThreadLostError(how, message, { isLoaded: this.isLoaded, runs: this.runs, stuck });
  }
}

function whereIs(stuck: Stuck | null): string {
  if (stuck !== null && stuck.stack.length > 0)
    return `it is in ${stuck.stack.slice(0, 3).join(', called from ')}`;
  return 'it waits for what does not come (a promise, a child process, a pipe)';
}
