/**
 * A weather in which order deviates three times as often, where it deviates at all: what pct and pos do outside of their stretches.
 * Mistakes in the order of things need several events out of order at once, and more than the weather brings together.
 */
export function shuffling(weather) {
  return { ...weather, order: Math.min(0.9, 3 * (weather.order ?? 0)) };
}
