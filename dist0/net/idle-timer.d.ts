import type { Clock } from '../core/index.ts';
/**
 * Fires once, when `refresh` was not called for `durationMs`. A refresh moves a deadline and touches no timer. Cancelled, it stays so.
 */
export declare class IdleTimer {
  private readonly clock;
  private readonly durationMs;
  private readonly onIdle;
  private deadlineMs;
  private timer;
  isCancelled: boolean;
  private refreshes;
  constructor(clock: Clock, durationMs: number, onIdle: () => void);
  /** As Node's timers have it, for those who look: the duration, -1 once cancelled. */
  get _idleTimeout(): number;
  /** When it last began to wait, on the host's clock; within one instant, in millionths, later activity is later. */
  get _idleStart(): number;
  /** Also after it has fired, it waits for the whole duration again. */
  refresh(): void;
  cancel(): void;
  private readonly fire;
}
