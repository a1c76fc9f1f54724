import { checkSeed } from '../../core/arguments.js';
import { COMMON_FAMILIES, FAMILIES } from '../decisions/label.js';
import { weatherOf } from '../decisions/weather.js';
import { hash, RandomStrategy } from './random.js';
/**
 * `random`, but each seed switches whole families off, each with one chance in two, so that resets do not hide
 * split bugs (Groce et al., Swarm Testing, ISSTA 2012). Of every 16 seeds one has a single family on.
 */
export function swarm(seed, weather = 'storm') {
  checkSeed(seed);
  const rates = weatherOf(weather);
  const enabled = FAMILIES.filter((family) => (rates[family] ?? 0) > 0);
  // Most scenarios let nothing crash, pause or be cut: alone, these would show nothing.
  const common = enabled.filter((family) => COMMON_FAMILIES.includes(family));
  const lonely = seed % 16 === 0 && common.length > 0 ? common[(seed >>> 4) % common.length] : null;
  const kept = {};
  for (const family of enabled) {
    const isOn = lonely === null ? (hash(seed, FAMILIES.indexOf(family), 0x51) & 1) === 1 : family === lonely;
    if (isOn)
      kept[family] = Math.min(
        1,
        (rates[family] ?? 0) * (1 + (hash(seed, FAMILIES.indexOf(family), 0x52) % 3)),
      );
  }
  return new RandomStrategy(seed, kept);
}
