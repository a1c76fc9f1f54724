const { setTimeout, clearTimeout, setImmediate } = globalThis;
const performance = globalThis.performance;
/** Longest delay that setTimeout takes; a longer one is waited for in pieces. */
const DELAY_MS_MAX = 2 ** 31 - 1;
/** Calls `callback` once what Node has already queued is done. */
export function runSoon(callback) {
  setImmediate(callback);
}
class SystemTimer {
  constructor(delayMs, callback) {
    this.handle = this.arm(delayMs, callback);
  }
  cancel() {
    clearTimeout(this.handle);
  }
  arm(delayMs, callback) {
    if (delayMs <= DELAY_MS_MAX) return setTimeout(callback, Math.ceil(delayMs));
    return setTimeout(() => {
      this.handle = this.arm(delayMs - DELAY_MS_MAX, callback);
    }, DELAY_MS_MAX);
  }
}
/** Milliseconds since the process started. A timer keeps the process alive until it fires or is cancelled. */
export const systemClock = {
  now: () => performance.now(),
  setTimer: (delayMs, callback) => new SystemTimer(delayMs, callback),
};
