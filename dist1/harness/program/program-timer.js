import { AsyncResource } from 'node:async_hooks';
import { active } from './active.js';
import { callSite, isByLibrary, noteSite } from './errors.js';
import { real } from './real-time.js';

/** As in Node: longer ones fire at once. */
const DELAY_MS_MAX = 2 ** 31 - 1;
/** A timer of the program's own that is over by itself so soon is nothing that it has forgotten. */
const PASSING_MS = 1000;
/**
 * What `setTimeout` and `setInterval` give on virtual time. It is made like Node's `Timeout`, and stands on the clock of
 * the host whose code made it. A library may keep one from test to test and refresh it: then it moves to the line
 * that is installed at that moment, or to real time.
 */
export class ProgramTimer extends AsyncResource {
  constructor(callback, delayMs, args, repeats) {
    super('Timeout', { requireManualDestroy: true });
    this.hasFired = false;
    this.clock = null;
    this.line = null;
    this.timer = null;
    this.isRef = true;
    /** For good: as in Node, a timer that was cleared cannot be refreshed. */
    this.isCleared = false;
    if (typeof callback !== 'function') {
      const error = new TypeError('The "callback" argument must be of type function.');
      throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
    }
    this.callback = callback;
    this.args = args;
    const wanted = Math.trunc(Number(delayMs));
    this.delayMs = wanted >= 1 && wanted <= DELAY_MS_MAX ? wanted : 1;
    this.repeats = repeats;
    this.id = active.line === null ? 0 : ++active.line.timers;
    this.site = noteSite();
    this.refresh();
  }
  refresh() {
    this.suspend();
    if (this.isCleared) return this;
    const { line } = active;
    this.line = line;
    const fire = () => this.fire();
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
  close() {
    this.isCleared = true;
    this.suspend();
    return this;
  }
  /** Takes it off its line; `refresh` sets it anew. */
  suspend() {
    this.timer?.cancel();
    this.timer = null;
    this.line?.pending.delete(this);
  }
  ref() {
    this.isRef = true;
    return this;
  }
  unref() {
    this.isRef = false;
    return this;
  }
  hasRef() {
    return this.isRef;
  }
  get isPassing() {
    return !this.repeats && (this.delayMs <= PASSING_MS || isByLibrary(this.site.stack));
  }
  get isHousekeeping() {
    return !this.isRef && !this.repeats && this.delayMs <= PASSING_MS;
  }
  hurry() {
    this.timer?.cancel();
    this.fire();
  }
  describe() {
    const name = this.repeats ? 'setInterval' : 'setTimeout';
    return `${name} of ${this.delayMs} ms, made ${callSite(this.site.stack)}`;
  }
  /** Whether it is set: neither fired nor cleared. */
  get isSet() {
    return this.timer !== null;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
  [Symbol.dispose]() {
    this.close();
  }
  /** Runs the callback from the event loop: what it throws is the process's uncaughtException, as in Node. */
  fire() {
    const due = this.timer;
    process.nextTick(() => {
      // Cleared or refreshed in between.
      if (this.timer !== due) return;
      this.suspend();
      this.hasFired = true;
      try {
        this.runInAsyncScope(this.callback, this, ...this.args);
      } finally {
        if (this.repeats && this.timer === null) this.refresh();
      }
    });
  }
}
/** With what else Node's `Timeout` has, which some libraries and many tests look at. */
export class ProgramTimeout extends ProgramTimer {
  /** In milliseconds; -1 once it is cleared. */
  get _idleTimeout() {
    return this.isCleared ? -1 : this.delayMs;
  }
  get _onTimeout() {
    return this.isCleared ? null : this.callback;
  }
  /** Of an interval the milliseconds, else null. */
  get _repeat() {
    return this.repeats ? this.delayMs : null;
  }
  get _destroyed() {
    return !this.isSet;
  }
}
