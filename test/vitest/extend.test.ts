// `test.extend` and `everySchedule.extend`: fixtures of one's own, on the simulation.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, expectTypeOf, test as plain } from 'vitest';
import type { Simulation } from '../../src/sim/index.ts';
import { everySchedule, test } from '../../src/vitest/index.ts';
import { serveText } from './support/serve-text.ts';

const news: string[] = [];

const withStation = test.extend<{ city: string; station: URL }>({
  city: 'Oslo',
  station: async ({ sim, city }, use) => {
    const stop = await serveText(sim, 'station', `rain in ${city}`);
    await use(new URL('http://station/'));
    news.push(`stopped at ${sim.nowMs}`);
    await stop();
  },
});

withStation(
  'a fixture lives in the simulation of its test, and sees those before it',
  async ({ sim, station }) => {
    expectTypeOf(sim).toEqualTypeOf<Simulation>();
    expectTypeOf(station).toEqualTypeOf<URL>();
    expect(await (await fetch(station)).text()).toBe('rain in Oslo');
    await sleep(1000 - sim.nowMs);
  },
);

plain('a fixture goes on once the body is over', () => {
  expect(news).toEqual(['stopped at 1000']);
});

withStation.fails('a fixture goes on also if the body fails', async ({ sim }) => {
  await sleep(2000 - sim.nowMs);
  throw new Error('the body fails');
});

plain('… and the body’s failure is the test’s', () => {
  expect(news).toEqual(['stopped at 1000', 'stopped at 2000']);
});

withStation.extend<{ city: string; length: number }>({
  city: 'Bergen',
  length: async ({ station }, use) => use((await (await fetch(station)).text()).length),
})('fixtures are added and replaced', async ({ length }) => {
  expect(length).toBe('rain in Bergen'.length);
});

withStation.for([1, 2])('the values of `for` come before the fixtures: %i', async (value, { city, sim }) => {
  await sleep(value);
  expect([city, sim.nowMs]).toEqual(['Oslo', value]);
});

test
  .extend<{ forgotten: string }>({ forgotten: async () => {} })
  .fails('a fixture that never calls `use` fails its test', () => {});

plain('a fixture named sim is refused', () => {
  expect(() => test.extend({ sim: 1 })).toThrow('give it another name');
});

const schedules: number[] = [];

everySchedule.extend<{ station: URL }>({
  station: async ({ sim }, use) => {
    const stop = await serveText(sim, 'station', 'rain');
    await use(new URL('http://station/'));
    schedules.push(sim.nowMs);
    await stop();
  },
})('each schedule has fixtures of its own', { schedules: 20 }, async ({ station }) => {
  await fetch(station)
    .then((answer) => answer.text())
    .catch(() => {});
});

afterAll(() => {
  expect(schedules.length).toBeGreaterThanOrEqual(20);
});
