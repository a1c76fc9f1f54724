// The machine's clock. The timers are captured once, when this module is loaded: a test that fakes the globals
// afterwards does not stop a real reactor.
import type { Clock, Timer } from '../core/clock.ts';

const { setTimeout, clearTimeout, setImmediate } = globalThis;
const performance = globalThis.performance;

/** Longest delay that setTimeout takes; a longer one is waited for in pieces. */
const DELAY_MS_MAX = 2 ** 31 - 1;

/** Calls `callback` once what Node has already queued is done. */
export function runSoon(callback: () => void): void {
  setImmediate(callback);
}

class SystemTimer implements Timer {
  private handle: ReturnType<typeof setTimeout>;

  constructor(delayMs: number, callback: () => void) {
    this.handle = this.arm(delayMs, callback);
  }

  cancel(): void {
    clearTimeout(this.handle);
  }

  private arm(delayMs: number, callback: () => void): ReturnType<typeof setTimeout> {
    if (delayMs <= DELAY_MS_MAX) return setTimeout(callback, Math.ceil(delayMs));
    return setTimeout(() => {
      this.handle = this.arm(delayMs - DELAY_MS_MAX, callback);
    }, DELAY_MS_MAX);
  }
}

/** Milliseconds since the process started. A timer keeps the process alive until it fires or is cancelled. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer: (delayMs, callback) => new SystemTimer(delayMs, callback),
};
