import { checkDuration } from '../../core/arguments.ts';
import { ArgumentError } from '../../core/errors.ts';

/** A whole-number delay is drawn for each segment, or operation, from `delayMsMin` to `delayMsMax`, both included. */
export interface Latency {
  readonly delayMsMin: number;
  /** Default: `delayMsMin`, no jitter. */
  readonly delayMsMax?: number;
}

/** The least delay, and by how many milliseconds it may be longer. `place` is named in errors. */
export function checkLatency(options: Latency, place: string): { min: number; jitterMs: number } {
  const min = checkDuration('delayMsMin', options.delayMsMin);
  const max = checkDuration('delayMsMax', options.delayMsMax ?? min);
  if (max < min)
    throw new ArgumentError(
      'ERR_OUT_OF_RANGE',
      `delayMsMax must be at least delayMsMin (${min}), got ${max}: ${place}`,
    );
  return { min, jitterMs: Math.floor(max - min) };
}
