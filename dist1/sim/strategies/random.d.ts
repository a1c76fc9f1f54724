import type { Strategy } from '../decisions/decisions.ts';
import { type Label } from '../decisions/label.ts';
import { type WEATHERS, type Weather } from '../decisions/weather.ts';
/**
 * Deviates by chance, as likely as the weather says. A draw is a function of the seed, the label and how often this
 * label was met, so switching one family off leaves the draws of the others as they are.
 */
export declare function random(seed: number, weather?: Weather | keyof typeof WEATHERS): Strategy;
export declare class RandomStrategy implements Strategy {
  private readonly seed;
  private readonly thresholds;
  private readonly counts;
  constructor(seed: number, weather: Weather);
  begin(): void;
  choose(label: Label, arity: number): number;
}
/** 32 well-mixed bits of three integers: murmur3's finalizer (Appleby, public domain) over their sums. */
export declare function hash(a: number, b: number, c: number): number;
