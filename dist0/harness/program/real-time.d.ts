export declare const real: {
  readonly Date: DateConstructor;
  readonly setImmediate: typeof globalThis.setImmediate;
  readonly setTimeout: typeof globalThis.setTimeout;
  readonly clearTimeout: typeof globalThis.clearTimeout;
  readonly setInterval: typeof globalThis.setInterval;
  readonly clearInterval: typeof globalThis.clearInterval;
  /** Milliseconds of real time, never going back. */
  readonly nowMs: () => number;
  readonly dateMs: () => number;
  readonly hrtime: NodeJS.HRTime;
};
