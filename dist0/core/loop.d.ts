import type { Clock } from './clock.ts';
export interface LoopOptions {
  /**
   * A turn is also done when this time has passed without one, so that predicates which depend on something
   * outside any handler are asked again. Default: no such turn; timers and wake-ups bound the wait.
   */
  readonly timeoutMs?: number;
  /** How many turns to do at most. 0 does none. Default: no limit. */
  readonly count?: number;
  /** Ends the loop with the signal's reason. Nothing is closed. */
  readonly signal?: AbortSignal;
}
/** What a loop drives: a reactor, as far as it goes. */
export interface Turning {
  readonly clock: Clock;
  /** How many channels it has; a loop ends with the last. */
  readonly size: number;
  requestTurn(): void;
}
/** One run of `Reactor.loop()`: when it ends, and how. */
export declare class Loop {
  readonly finished: Promise<void>;
  isOver: boolean;
  private remaining;
  private isStopping;
  private timer;
  private readonly reactor;
  private readonly options;
  private readonly onOver;
  private settle;
  private readonly abort;
  constructor(reactor: Turning, options: LoopOptions, onOver: () => void);
  afterTurn(): void;
  stop(isTurning: boolean): void;
  fail(error: unknown): void;
  private end;
  private release;
  private armTimeout;
}
