import { AsyncResource } from 'node:async_hooks';
import type { Clock, Timer } from '../../core/index.ts';
import { active, type PendingTimer, type TimeLine } from './active.ts';
import { callSite, isByLibrary, noteSite, type Site } from './errors.ts';
import { real } from './real-time.ts';

type Callback = (...args: unknown[]) => void;

/** As in Node: longer ones fire at once. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/** A timer of the program's own that is over by itself so soon is nothing that it has forgotten. */
const PASSING_MS = 1000;

/**
 * What `setTimeout` and `setInterval` give on virtual time. It is made like Node's `Timeout`, and stands on the clock of
 * the host whose code made it. A library may keep one from test to test and refresh it: then it moves to the line
 * that is installed at that moment, or to real time.
 */
export class ProgramTimer extends AsyncResource implements PendingTimer {
  readonly id: number;
  fireCount = 0;
  clock: Clock | null = null;
  protected callback: Callback;
  private readonly args: unknown[];
  protected delayMs: number;
  protected repeats: boolean;
  private readonly site: Site;
  private line: TimeLine | null = null;
  private timer: Timer | null = null;
  private isRef = true;
  /** For good: as in Node, a timer that was cleared cannot be refreshed. */
  protected isCleared = false;

  constructor(callback: unknown, delayMs: unknown, args: unknown[], repeats: boolean) {
    super('Timeout', { requireManualDestroy: true });
    if (typeof callback !== 'function') {
      const error = new TypeError('The "callback" argument must be of type function.');
      throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
    }
    this.callback = callback as Callback;
    this.args = args;
    const wanted = Math.trunc(Number(delayMs));
    if (wanted > DELAY_MS_MAX) warnOfOverflow(Number(delayMs));
    this.delayMs = wanted >= 1 && wanted <= DELAY_MS_MAX ? wanted : 1;
    this.repeats = repeats;
    this.id = active.line === null ? 0 : ++active.line.timers;
    this.site = noteSite();
    this.refresh();
  }

  refresh(): this {
    this.suspend();
    if (this.isCleared) return this;
    const { line } = active;
    this.line = line;
    const fire = (): void => this.fire();
    if (line === null) {
      const timer = real.setTimeout(fire, this.delayMs);
      if (!this.isRef) timer.unref();
      this.timer = { cancel: () => real.clearTimeout(timer) };
    } else {
      this.clock = line.clock();
      this.timer = this.clock.setTimer(this.delayMs, fire);
      line.pending.add(this);
    }
    return this;
  }

  close(): this {
    this.isCleared = true;
    this.suspend();
    return this;
  }

  /** Takes it off its line; `refresh` sets it anew. */
  suspend(): void {
    this.timer?.cancel();
    this.timer = null;
    this.line?.pending.delete(this);
  }

  ref(): this {
    this.isRef = true;
    return this;
  }

  unref(): this {
    this.isRef = false;
    return this;
  }

  hasRef(): boolean {
    return this.isRef;
  }

  get isPassing(): boolean {
    return !this.repeats && (this.delayMs <= PASSING_MS || isByLibrary(this.site.stack));
  }

  get isHousekeeping(): boolean {
    return !this.isRef && !this.repeats && this.delayMs <= PASSING_MS;
  }

  hurry(): void {
    this.timer?.cancel();
    this.fire();
  }

  describe(): string {
    const name = this.repeats ? 'setInterval' : 'setTimeout';
    return `${name} of ${this.delayMs} ms, made ${callSite(this.site.stack)}`;
  }

  /** Whether it is set: neither fired nor cleared. */
  protected get isSet(): boolean {
    return this.timer !== null;
  }

  [Symbol.toPrimitive](): number {
    return this.id;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Runs the callback from the event loop: what it throws is the process's uncaughtException, as in Node. */
  private fire(): void {
    const due = this.timer;
    process.nextTick(() => {
      // Cleared or refreshed in between.
      if (this.timer !== due) return;
      this.suspend();
      this.fireCount += 1;
      try {
        this.runInAsyncScope(this.callback, this, ...this.args);
      } finally {
        if (this.repeats && this.timer === null) this.refresh();
      }
    });
  }
}

function warnOfOverflow(delayMs: number): void {
  process.emitWarning(
    `${delayMs} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
    'TimeoutOverflowWarning',
  );
}

/** With what else Node's `Timeout` has, which some libraries and many tests look at, and a few set. */
export class ProgramTimeout extends ProgramTimer {
  /** In milliseconds; -1 once it is cleared. */
  get _idleTimeout(): number {
    return this.isCleared ? -1 : this.delayMs;
  }

  set _idleTimeout(durationMs: number) {
    if (durationMs < 0) this.close();
    else this.delayMs = durationMs;
  }

  get _onTimeout(): Callback | null {
    return this.isCleared ? null : this.callback;
  }

  set _onTimeout(callback: Callback | null) {
    if (callback === null) this.close();
    else this.callback = callback;
  }

  /** Of an interval the milliseconds, else null. */
  get _repeat(): number | null {
    return this.repeats ? this.delayMs : null;
  }

  set _repeat(durationMs: number | null) {
    this.repeats = Boolean(durationMs);
    if (durationMs) this.delayMs = durationMs;
  }

  get _destroyed(): boolean {
    return !this.isSet;
  }

  /** As `timers.unenroll` does. */
  set _destroyed(isWanted: boolean) {
    if (isWanted) this.close();
  }
}
