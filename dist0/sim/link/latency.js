import { checkOptions, checkWholeMs } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
/** The least delay, and by how many milliseconds it may be longer. `place` is named in errors. */
export function checkLatency(options, place) {
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
