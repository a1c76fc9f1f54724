import { checkOptions } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { FAMILIES } from './label.js';
/** The presets. `calm` is the perfect network; `breeze` cuts and reorders but kills nothing; `storm` does everything. */
export const WEATHERS = {
  calm: {},
  breeze: {
    order: 0.1,
    ready: 0.1,
    split: 0.15,
    coalesce: 0.15,
    end: 0.2,
    'short-send': 0.15,
    'short-read': 0.1,
    stall: 0.02,
  },
  storm: {
    order: 0.25,
    ready: 0.25,
    split: 0.35,
    coalesce: 0.3,
    end: 0.4,
    'short-send': 0.35,
    'short-read': 0.25,
    stall: 0.06,
    reset: 0.02,
    close: 0.02,
    refuse: 0.05,
    disk: 0.02,
    crash: 0.02,
    pause: 0.02,
    partition: 0.02,
    // Asked about once while a connection is idle, not with each segment.
    idle: 0.1,
  },
};
/** A weather by preset's name, or as given. Throws ArgumentError for unknown names and families, and for rates out of range. */
export function weatherOf(weather) {
  if (typeof weather === 'string') {
    const preset = Object.hasOwn(WEATHERS, weather) ? WEATHERS[weather] : undefined;
    if (preset === undefined) {
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `weather must be one of ${Object.keys(WEATHERS).join(', ')}, or rates by family, got "${weather}"`,
      );
    }
    return preset;
  }
  checkOptions('weather', weather);
  for (const [family, rate] of Object.entries(weather)) {
    if (!FAMILIES.includes(family)) {
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `"${family}" is no fault family; there are ${FAMILIES.join(', ')}`,
      );
    }
    if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) {
      throw new ArgumentError(
        'ERR_OUT_OF_RANGE',
        `the rate of ${family} must be from 0 to 1, got ${String(rate)}`,
      );
    }
  }
  return weather;
}
/** The families of a weather that may deviate at all. */
export function familiesOf(weather) {
  checkOptions('weather', weather);
  return FAMILIES.filter((family) => (weather[family] ?? 0) > 0);
}
