import { Worker } from 'node:worker_threads';
import { ArgumentError, FoulweatherError } from '../../core/index.js';
import { Pulse } from './pulse.js';

/** How often a busy thread is looked at. */
const LOOK_MS = 100;
/** How long the modules may take to load: compiling TypeScript takes its time, on a busy machine above all. */
const LOAD_TIMEOUT_MS = 60_000;
/** A worker thread came to its end in the midst of a task. */
export class ThreadLostError extends FoulweatherError {
  constructor(how, message, done) {
    super('ERR_WORKER', message);
    this.how = how;
    this.isLoaded = done.isLoaded;
    this.runs = done.runs;
    this.stuck = done.stuck ?? null;
  }
}
/** A worker thread that carries out one task at a time, and is replaced when it is lost. */
export class Thread {
  constructor(options) {
    this.worker = null;
    this.pulse = new Pulse();
    this.runsBefore = 0;
    this.lose = null;
    this.isLoaded = false;
    this.options = options;
  }
  /** How many runs the task under way has begun. */
  get runs() {
    return Atomics.load(this.pulse.runs, 0) - this.runsBefore;
  }
  /** Asks a search to end soon; its report is then of what was done. */
  askToStop() {
    this.pulse.askToStop();
  }
  /** Ends the thread now. A task under way fails with ThreadLostError `stopped`. */
  async end() {
    this.lose?.(this.lost('stopped', 'it was stopped'));
    await this.discard();
  }
  /** Throws ArgumentError for what the caller got wrong, ThreadLostError if the thread is lost. */
  async carryOut(task) {
    const worker = this.start();
    this.isLoaded = false;
    this.runsBefore = Atomics.load(this.pulse.runs, 0);
    let watchdog;
    try {
      return await new Promise((resolve, reject) => {
        this.lose = reject;
        worker.on('message', (message) => {
          if (message.kind === 'output') this.options.onOutput(message.text);
          else if (message.kind === 'loaded') this.isLoaded = true;
          else if (message.kind === 'done') resolve(message.result);
          else if (message.isUsage) reject(new ArgumentError('ERR_INVALID_ARG_VALUE', message.message));
          else reject(new FoulweatherError('ERR_WORKER', message.message));
        });
        worker.once('error', (error) => reject(this.lost('crash', describe(error))));
        worker.once('exit', (code) =>
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
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      // Without a listener an error of a thread between two tasks would end the process.
      worker.on('error', () => {});
    }
  }
  start() {
    if (this.worker === null) {
      this.pulse = new Pulse();
      this.worker = new Worker(new URL('./worker.js', import.meta.url), {
        workerData: { memory: this.pulse.memory },
      });
    }
    return this.worker;
  }
  async discard() {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }
  /** Looks whether runs go on. */
  watch(worker, reject) {
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
      const limitMs = this.isLoaded ? this.options.runTimeoutMs : LOAD_TIMEOUT_MS;
      if (isAsking || nowMs - sinceMs < limitMs) return;
      isAsking = true;
      const what = this.isLoaded ? `run ${runs} has not ended` : 'the modules are not loaded';
      void this.options.whereStuck(worker).then((stuck) => {
        const at =
          stuck === null || stuck.stack.length === 0
            ? ''
            : `; it is in ${stuck.stack.slice(0, 3).join(', called from ')}`;
        reject(this.lost('stuck', `${what} after ${limitMs / 1000} s${at}`, stuck));
      });
    }, LOOK_MS);
  }
  lost(how, message, stuck = null) {
    return new ThreadLostError(how, message, { isLoaded: this.isLoaded, runs: this.runs, stuck });
  }
}
function describe(error) {
  const { code, message } = error;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY')
    return 'the thread ran out of memory; NODE_OPTIONS=--max-old-space-size=… gives it more';
  return `an exception that nobody handled ended the thread: ${message ?? String(error)}`;
}
