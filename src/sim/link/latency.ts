import { checkOptions, checkWholeMs } from '../../core/arguments.ts';
import { ArgumentError } from '../../core/errors.ts';

/** A whole-number delay is drawn for each segment, or operation, from `delayMsMin` to `delayMsMax`, both included. */
export interface Latency {
  readonly delayMsMin: number;
  /** Default: `delayMsMin`, no jitter. */
  readonly delayMsMax?: number;
}

/** The least delay, and by how many milliseconds it may be longer. `place` is named in errors. */
export function checkLatency(options: Latency, place: string): { min: number; jitterMs: number } {
  checkOptions(`the latency of ${place}`, options);
  const min = checkWholeMs('delayMsMin', options.delayMsMin);
  const max = checkWholeMs('delayMsMax', options.delayMsMax ?? min);
  if (max < min)
    throw new ArgumentError(
      'ERR_OUT_OF_RANGE',
      `delayMsMax must be at least delayMsMin (${min}), got ${max}: ${place}`,
    );
  return { min, jitterMs: max - min };
}
