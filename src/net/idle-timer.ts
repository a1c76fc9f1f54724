import type { Clock, Timer } from '../core/index.ts';

/**
 * Fires once, when `refresh` was not called for `durationMs`. A refresh moves a deadline and touches no timer. Cancelled, it stays so.
 */
export class IdleTimer {
  private readonly clock: Clock;
  private readonly durationMs: number;
  private readonly onIdle: () => void;
  private deadlineMs: number;
  private timer: Timer | null;
  isCancelled = false;
  private refreshes = 0;

  constructor(clock: Clock, durationMs: number, onIdle: () => void) {
    this.clock = clock;
    this.durationMs = durationMs;
    this.onIdle = onIdle;
    this.deadlineMs = clock.now() + durationMs;
    this.timer = clock.setTimer(durationMs, this.fire);
  }

  /** As Node's timers have it, for those who look: the duration, -1 once cancelled. */
  get _idleTimeout(): number {
    return this.isCancelled ? -1 : this.durationMs;
  }

  /** When it last began to wait, on the host's clock; within one instant, in millionths, later activity is later. */
  get _idleStart(): number {
    return this.deadlineMs - this.durationMs + this.refreshes / 1e6;
  }

  /** Also after it has fired, it waits for the whole duration again. */
  refresh(): void {
    if (this.isCancelled) return;
    this.refreshes += 1;
    this.deadlineMs = this.clock.now() + this.durationMs;
    this.timer ??= this.clock.setTimer(this.durationMs, this.fire);
  }

  cancel(): void {
    this.isCancelled = true;
    this.timer?.cancel();
    this.timer = null;
  }

  private readonly fire = (): void => {
    const restMs = this.deadlineMs - this.clock.now();
    this.timer = restMs > 0 ? this.clock.setTimer(restMs, this.fire) : null;
    if (restMs <= 0) this.onIdle();
  };
}
