// The real timers and clocks, taken once at load: the harness must survive what it replaces.

const {
  queueMicrotask,
  setImmediate,
  clearImmediate,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  performance,
} = globalThis;
const { nextTick } = process;
const { now } = performance;

export const real = {
  Date,
  nextTick,
  queueMicrotask,
  setImmediate,
  clearImmediate,
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  /** Milliseconds of real time, never going back. */
  nowMs: (): number => now.call(performance),
  dateMs: Date.now,
  hrtime: process.hrtime,
} as const;
