// The asynchronous driver: it takes the simulation's next event only when JavaScript has nothing left to do.
import { checkFunction } from '../../core/arguments.ts';
import type { Simulation } from '../../sim/index.ts';
import { abortedError } from './abandon.ts';
import { active } from './active.ts';
import { checkRunOptions } from './check-options.ts';
import { noteSite, ProgramError } from './errors.ts';
import { EventTaker } from './event-taker.ts';
import { Patience } from './patience.ts';
import { type Leave, Quiet } from './quiet.ts';
import { real } from './real-time.ts';
import { catchUncaught } from './uncaught.ts';

export interface RunAsyncOptions {
  /** Virtual time the body may take. Default 3,600,000: an hour. */
  readonly timeoutMs?: number;
  /** Real time the body may take. Default 30,000. */
  readonly realTimeoutMs?: number;
  /** Whether virtual time may move though a worker or message port might be about to send something. Default false. */
  readonly allowThreads?: boolean;
  /** What is open at the moment, one line each, for messages. */
  readonly describeOpen?: () => readonly string[];
  /** Once the body has settled: whether connections are still closing, and events are to be taken for `graceMs` at most. */
  readonly isClosing?: () => boolean;
  /** Default 600,000: a storm stalls a connection for minutes. */
  readonly graceMs?: number;
  /** Ends the run with ERR_ABORTED: the test that it belongs to is over. */
  readonly signal?: AbortSignal;
}

/** What runAsync takes besides from those who install for it. */
export interface RunAsyncSettings extends RunAsyncOptions {
  /** Called at once when the run is ended from outside. */
  readonly onAborted?: () => void;
}

const DEFAULT_TIMEOUT_MS = 3_600_000;
const DEFAULT_GRACE_MS = 600_000;
const DEFAULT_REAL_TIMEOUT_MS = 30_000;

/**
 * Runs an asynchronous body on the simulation, and gives what it gives. Virtual time moves only when JavaScript has
 * nothing left to do. Rejects with what the body, an invariant or an uncaught exception threw; with ERR_NEVER_SETTLES
 * when nothing is left that could happen; with ERR_VIRTUAL_TIMEOUT after `timeoutMs`.
 */
export function runAsync<T>(
  sim: Simulation,
  body: () => T | Promise<T>,
  options: RunAsyncSettings = {},
): Promise<T> {
  checkFunction('body', body);
  checkRunOptions(options);
  if (active.quiet !== null)
    throw new ProgramError(
      'ERR_INSTALLED',
      'another simulation is running in this process: await it first, and run no tests of one file concurrently',
    );
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(abortedError('before it began', signal.reason));
  return new AsyncRun(sim, options).run(body);
}

/** Has virtual time stand still until the function that this gives is called. For work that cannot be seen. */
export function hold(reason = 'hold()'): () => void {
  const { quiet } = active;
  if (quiet === null)
    throw new ProgramError('ERR_NOT_RUNNING', 'hold() is of use only while a simulation runs a body');
  return quiet.hold(reason, noteSite(hold));
}

/** Has virtual time stand still until `promise` settles, and gives it back: `await track(worker.call())`. */
export function track<T>(promise: Promise<T>): Promise<T> {
  const release = hold('track()');
  return promise.finally(release);
}

/** One run of a body. */
class AsyncRun {
  private readonly sim: Simulation;
  private readonly options: RunAsyncSettings;
  private readonly quiet = new Quiet();
  private readonly events: EventTaker;
  private untilMs: number;
  private isClosing = false;
  private readonly startedMs = real.nowMs();
  private readonly patience = new Patience();
  private isSettled = false;
  private settle: (outcome: { readonly error: unknown } | null) => void = () => {};
  /** Undoes what `start` did. */
  private stop = (): void => {};

  constructor(sim: Simulation, options: RunAsyncSettings) {
    this.sim = sim;
    this.events = new EventTaker(sim);
    this.options = options;
    this.untilMs = sim.nowMs + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  }

  async run<T>(body: () => T | Promise<T>): Promise<T> {
    this.start();
    try {
      let result!: T;
      const over = new Promise<{ readonly error: unknown } | null>((resolve) => {
        this.settle = resolve;
      });
      const drive = (): void => this.drive(drive);
      this.quiet.nextTurn(drive);
      // In a function of its own, so that what a synchronous body throws is a rejection, too.
      (async () => {
        result = await body();
      })().then(
        () => this.beginClosing(),
        (error) => this.finish({ error }),
      );
      const outcome = await over;
      if (outcome !== null) {
        if (!isFinal(outcome.error)) this.quiet.expectInside(outcome.error);
        throw outcome.error;
      }
      this.quiet.expectInside();
      return result;
    } finally {
      this.stop();
    }
  }

  /** Ends the run here and now: whoever comes next has the process to himself. */
  abort(reason: unknown): void {
    const error = abortedError(`at ${this.sim.nowMs} ms. ${this.waitsFor()}`, reason);
    this.finish({ error });
    this.stop();
    this.options.onAborted?.();
  }

  private start(): void {
    const { quiet, events } = this;
    const { signal } = this.options;
    const release = catchUncaught((error) => this.finish({ error }));
    const onAbort = (): void => this.abort(signal?.reason);
    signal?.addEventListener('abort', onAbort);
    active.run = this;
    active.quiet = quiet;
    quiet.start();
    this.stop = () => {
      this.stop = () => {};
      this.isSettled = true;
      quiet.stop();
      events.release();
      active.quiet = null;
      active.run = null;
      release();
      signal?.removeEventListener('abort', onAbort);
    };
  }

  /** Called once a turn of the event loop, until the body has settled. */
  private drive(again: () => void): void {
    if (this.isSettled) return;
    try {
      active.line?.expectTimers();
      this.advance(this.quiet.leave());
      if (real.nowMs() - this.startedMs > (this.options.realTimeoutMs ?? DEFAULT_REAL_TIMEOUT_MS))
        throw this.realTimeout();
    } catch (error) {
      this.finish({ error });
      return;
    }
    this.quiet.nextTurn(again);
  }

  /** Takes events until one of them may have called a program. */
  private advance(leave: Leave): void {
    if (leave === 'nothing') return;
    const { sim, quiet, events } = this;
    this.quiet.expectInside();
    do {
      const nextAtMs = sim.network.schedule.nextAtMs;
      if (leave === 'due' && nextAtMs > sim.nowMs) return;
      if (nextAtMs > sim.nowMs && nextAtMs !== Number.POSITIVE_INFINITY && this.options.allowThreads !== true)
        quiet.expectToKnow();
      if (this.isClosing && (nextAtMs > this.untilMs || this.options.isClosing?.() !== true)) {
        this.finish(null);
        return;
      }
      if (nextAtMs > this.untilMs && nextAtMs !== Number.POSITIVE_INFINITY) throw this.virtualTimeout();
      if (!events.take()) {
        this.beIdle();
        return;
      }
      this.patience.renew();
    } while (events.hasCalledNobody);
  }

  private beIdle(): void {
    // What a thread has to say may take any time.
    if (this.quiet.unknowable().length > 0) return;
    if (!this.patience.isOver(this.sim.nowMs)) return;
    throw new ProgramError(
      'ERR_NEVER_SETTLES',
      `at ${this.sim.nowMs} ms nothing is left to happen, and the body has not settled. ${this.waitsFor()}`,
    );
  }

  private beginClosing(): void {
    this.isClosing = true;
    this.untilMs = this.sim.nowMs + (this.options.graceMs ?? DEFAULT_GRACE_MS);
  }

  private finish(outcome: { readonly error: unknown } | null): void {
    this.isSettled = true;
    this.settle(outcome);
  }

  private virtualTimeout(): ProgramError {
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    return new ProgramError(
      'ERR_VIRTUAL_TIMEOUT',
      `the body has not settled within ${timeoutMs} ms of virtual time. ${this.waitsFor()}`,
    );
  }

  private realTimeout(): ProgramError {
    const { realTimeoutMs = DEFAULT_REAL_TIMEOUT_MS } = this.options;
    const work = this.quiet.pendingWork();
    const culprit = work.length > 0 ? ` Virtual time stands still for ${work.slice(0, 8).join('; ')}.` : '';
    const threads = this.quiet.unknowable();
    const thread = threads.length > 0 ? ` It may wait for ${threads.slice(0, 8).join('; ')}.` : '';
    return new ProgramError(
      'ERR_REAL_TIMEOUT',
      `the body has not settled within ${realTimeoutMs} ms of real time; virtual time is ${this.sim.nowMs} ms.${culprit}${thread} ${this.waitsFor()}`,
    );
  }

  private waitsFor(): string {
    const open = this.options.describeOpen?.() ?? [];
    if (open.length === 0 && this.quiet.isPolling) return 'It asks again and again in setImmediate.';
    if (open.length === 0)
      return 'No socket, server or timer is open: it waits for a promise that nobody will settle.';
    return `Open are:\n${open.map((line) => `  ${line}`).join('\n')}`;
  }
}

/** Whether an error tells the whole story: it need not come of traffic that has left the simulation. */
function isFinal(error: unknown): boolean {
  return error instanceof ProgramError && (error.code === 'ERR_ABORTED' || error.code === 'ERR_ESCAPED');
}
