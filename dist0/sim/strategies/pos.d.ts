import type { Strategy } from '../decisions/decisions.ts';
import { type WEATHERS, type Weather } from '../decisions/weather.ts';
/**
 * Partial order sampling (Yuan et al., CAV 2018): every event, not every chain, gets a random priority, and the highest goes
 * first. There, the events that race with the one taken get new priorities; which ones race is not told here, so each
 * that was passed over does by a chance that is drawn for the run: from never, which starves an event for long, to mostly,
 * which is near a random walk. As with pct, one run in four is so throughout, and the others for a drawn stretch.
 * Decisions that are not about order follow the weather.
 */
export declare function pos(seed: number, weather?: Weather | keyof typeof WEATHERS): Strategy;
