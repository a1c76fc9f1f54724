/** A timer that has been set. */
export interface Timer {
  /** Idempotent. A cancelled timer never fires. */
  cancel(): void;
  /** @internal How many timers of its clock come before it; a simulated clock alone tells. */
  readonly rank?: number;
}
/** Permission to read time and to wait. Only a backend holds more than this. */
export interface Clock {
  /** Milliseconds since an origin of the clock's own; never goes back. */
  now(): number;
  /** Calls `callback` once, not before `now() + delayMs`, and never before this call returns. */
  setTimer(delayMs: number, callback: () => void): Timer;
}
