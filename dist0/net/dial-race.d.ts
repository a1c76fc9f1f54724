import type { Dial, Target } from './dial.ts';
/** Tries addresses one after the other; each but the last has a limited time. The first that answers wins. */
export declare class DialRace {
  private readonly dial;
  private readonly targets;
  private readonly attemptMs;
  private readonly errors;
  private index;
  private timer;
  constructor(dial: Dial, targets: readonly Target[]);
  cancel(): void;
  /** Makes the next attempt, or gives up. */
  next(): void;
  private settle;
  private expire;
}
