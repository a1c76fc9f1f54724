// Segments that a link loses by plan, one here and one there. What is lost arrives late: its sender sends it again.
import { checkInteger, checkOptions } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { hash } from '../strategies/random.js';
/** How many patterns of loss a rate has: a schedule draws one of them, and 0 is the calm one. */
export const LOSS_PATTERNS = 16;
/** Throws ArgumentError. */
export function checkLoss(options) {
  checkOptions('a loss', options);
  const { rate, every } = options;
  if ((rate === undefined) === (every === undefined))
    throw new ArgumentError('ERR_INVALID_ARG_VALUE', 'a loss is told by its rate or by every, one of them');
  if (every !== undefined) checkInteger('every', every, 1);
  else if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1))
    throw new ArgumentError('ERR_OUT_OF_RANGE', `rate must be from 0 to 1, got ${String(rate)}`);
  return options;
}
/** What a link loses, segment by segment, sent again or not. */
export class LossPlan {
  /** `pattern` is from 0 to LOSS_PATTERNS (excluded); `place` tells links apart that have the same. */
  constructor({ rate, every }, pattern, place) {
    this.count = 0;
    this.every = every ?? 0;
    this.threshold = (rate ?? 0) * 2 ** 32;
    this.pattern = pattern;
    let mixed = 0;
    for (let index = 0; index < place.length; index += 1) mixed = hash(mixed, place.charCodeAt(index), index);
    this.place = mixed;
  }
  /** Whether the segment that has come is lost. */
  strikes() {
    this.count += 1;
    if (this.every > 0) return this.count % this.every === 0;
    return hash(this.pattern, this.place, this.count) < this.threshold;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    if (this.every > 0) return `e${this.count % this.every}/${this.every}`;
    return `p${this.threshold},${this.pattern}:${this.count}`;
  }
}
