import { checkDuration, checkInteger, checkMethod, checkOptions } from './arguments.ts';
import type { Clock, Timer } from './clock.ts';

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
export class Loop {
  readonly finished: Promise<void>;
  isOver = false;
  private remaining: number;
  private isStopping = false;
  private timer: Timer | null = null;
  private readonly reactor: Turning;
  private readonly options: LoopOptions;
  private readonly onOver: () => void;
  private settle!: { resolve: () => void; reject: (error: unknown) => void };
  private readonly abort = (): void => this.fail(this.options.signal?.reason);

  constructor(reactor: Turning, options: LoopOptions, onOver: () => void) {
    checkOptions('options', options);
    if (options.signal !== undefined)
      checkMethod('signal', options.signal, options.signal?.removeEventListener, 'an AbortSignal');
    if (options.timeoutMs !== undefined) checkDuration('timeoutMs', options.timeoutMs);
    this.remaining =
      options.count === undefined ? Number.POSITIVE_INFINITY : checkInteger('count', options.count, 0);
    this.reactor = reactor;
    this.options = options;
    this.onOver = onOver;
    this.finished = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    if (options.signal?.aborted) this.abort();
    else if (reactor.size === 0 || this.remaining === 0) this.end();
    else {
      options.signal?.addEventListener('abort', this.abort, { once: true });
      this.armTimeout();
    }
  }

  afterTurn(): void {
    this.remaining -= 1;
    if (this.reactor.size === 0 || this.remaining <= 0 || this.isStopping) this.end();
    else this.armTimeout();
  }

  stop(isTurning: boolean): void {
    if (isTurning) this.isStopping = true;
    else this.end();
  }

  fail(error: unknown): void {
    if (this.isOver) return;
    this.release();
    this.settle.reject(error);
  }

  private end(): void {
    this.release();
    this.settle.resolve();
  }

  private release(): void {
    this.isOver = true;
    this.timer?.cancel();
    this.options.signal?.removeEventListener('abort', this.abort);
    this.onOver();
  }

  private armTimeout(): void {
    if (this.options.timeoutMs === undefined) return;
    this.timer?.cancel();
    this.timer = this.reactor.clock.setTimer(this.options.timeoutMs, () => this.reactor.requestTurn());
  }
}
