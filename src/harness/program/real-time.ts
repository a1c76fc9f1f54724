// The real timers and clocks, taken once at load: the harness must survive what it replaces.

const { queueMicrotask, setImmediate, setTimeout, clearTimeout, setInterval, clearInterval, performance } =
  globalThis;
const { now } = performance;

export const real = {
  Date,
  queueMicrotask,
  setImmediate,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  /** Milliseconds of real time, never going back. */
  nowMs: (): number => now.call(performance),
  dateMs: Date.now,
  hrtime: process.hrtime,
} as const;
