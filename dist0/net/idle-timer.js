/**
 * Fires once, when `refresh` was not called for `durationMs`. A refresh moves a deadline and touches no timer. Cancelled, it stays so.
 */
export class IdleTimer {
  constructor(clock, durationMs, onIdle) {
    this.isCancelled = false;
    this.refreshes = 0;
    this.fire = () => {
      const restMs = this.deadlineMs - this.clock.now();
      this.timer = restMs > 0 ? this.clock.setTimer(restMs, this.fire) : null;
      if (restMs <= 0) this.onIdle();
    };
    this.clock = clock;
    this.durationMs = durationMs;
    this.onIdle = onIdle;
    this.deadlineMs = clock.now() + durationMs;
    this.timer = clock.setTimer(durationMs, this.fire);
  }
  /** As Node's timers have it, for those who look: the duration, -1 once cancelled. */
  get _idleTimeout() {
    return this.isCancelled ? -1 : this.durationMs;
  }
  /** When it last began to wait, on the host's clock; within one instant, in millionths, later activity is later. */
  get _idleStart() {
    return this.deadlineMs - this.durationMs + this.refreshes / 1e6;
  }
  /** Also after it has fired, it waits for the whole duration again. */
  refresh() {
    if (this.isCancelled) return;
    this.refreshes += 1;
    this.deadlineMs = this.clock.now() + this.durationMs;
    this.timer ??= this.clock.setTimer(this.durationMs, this.fire);
  }
  cancel() {
    this.isCancelled = true;
    this.timer?.cancel();
    this.timer = null;
  }
}
