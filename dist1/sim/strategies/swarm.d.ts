import type { Strategy } from '../decisions/decisions.ts';
import { type WEATHERS, type Weather } from '../decisions/weather.ts';
/**
 * `random`, but each seed switches whole families off, each with one chance in two, so that resets do not hide
 * split bugs (Groce et al., Swarm Testing, ISSTA 2012). Of every 16 seeds one has a single family on.
 */
export declare function swarm(seed: number, weather?: Weather | keyof typeof WEATHERS): Strategy;
