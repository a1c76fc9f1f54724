import { checkSeed } from '../../core/arguments.js';
import { FIRST_PROGRAM_LABEL, LABELS } from '../decisions/label.js';
import { weatherOf } from '../decisions/weather.js';

/** How likely a decision of a program or scenario deviates under `random`. */
const PROGRAM_RATE = 0.25;
/**
 * Deviates by chance, as likely as the weather says. A draw is a function of the seed, the label and how often this
 * label was met, so switching one family off leaves the draws of the others as they are.
 */
export function random(seed, weather = 'storm') {
  return new RandomStrategy(checkSeed(seed), weatherOf(weather));
}
export class RandomStrategy {
  constructor(seed, weather) {
    this.counts = new Int32Array(64);
    this.seed = seed | 0;
    this.thresholds = new Float64Array(LABELS.length);
    for (const label of LABELS) this.thresholds[label.index] = (weather[label.name] ?? 0) * 2 ** 32;
  }
  begin() {
    this.counts.fill(0);
  }
  choose(label, arity) {
    const { index } = label;
    const count = this.counts[index & 63];
    this.counts[index & 63] = count + 1;
    const threshold = index < FIRST_PROGRAM_LABEL ? this.thresholds[index] : PROGRAM_RATE * 2 ** 32;
    const drawn = hash(this.seed, index, count);
    if (drawn >= threshold) return 0;
    return arity === 2 ? 1 : 1 + (hash(drawn, index + 1, count) % (arity - 1));
  }
}
/** 32 well-mixed bits of three integers: murmur3's finalizer (Appleby, public domain) over their sums. */
export function hash(a, b, c) {
  let h =
    Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) +
    Math.imul(b + 0x7f4a7c15, 0xc2b2ae35) +
    Math.imul(c + 1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
