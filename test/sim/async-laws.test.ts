import { expect, test } from 'vitest';
import { explore, type Scenario, type Simulation } from '../../src/sim/index.ts';

const failureOf = (setup: (sim: Simulation) => unknown): { law: string; message: string } | null =>
  explore({ name: 'awaiting', setup } as Scenario, { schedules: 3 }).failure;

test.each<[what: string, setup: (sim: Simulation) => void]>([
  ['an invariant', (sim) => sim.always('it holds', async () => true)],
  ['an outcome', (sim) => sim.eventually('it holds', () => Promise.reject(new Error('it does not')))],
  ['a sometimes', (sim) => sim.sometimes('it holds', async () => true)],
])('%s whose check is async fails, as nothing waits for it', (_what, setup) => {
  const waiting: typeof setup = (sim) => {
    sim.host('server').reactor.callLater(1, () => {});
    setup(sim);
  };
  expect(failureOf(waiting)).toMatchObject({
    law: 'it holds',
    message: expect.stringContaining('gave a promise, which nothing waits for; a check must not be async'),
  });
});

test.each<[what: string, held: unknown]>([
  ['nothing', undefined],
  ['an assertion', { to: {} }],
  ['null', null],
])('a check that gives %s, and does not throw, holds', (_what, held) => {
  expect(failureOf((sim) => sim.eventually('it holds', () => held))).toBeNull();
});

test.each([0, Number.NaN, '', 0n])(
  'a check that gives %o fails, as it looks like false and is not',
  (held) => {
    expect(failureOf((sim) => sim.eventually('it holds', () => held as never))).toMatchObject({
      law: 'it holds',
      message: expect.stringContaining('its check must return true or false, or throw, and gave'),
    });
  },
);

test.each<[what: string, made: unknown]>([
  ['a promise', Promise.resolve()],
  // biome-ignore lint/suspicious/noThenProperty: what looks like a promise to await is one.
  ['anything with a then', { then: () => {} }],
])('a setup that gives %s fails', (_what, made) => {
  expect(failureOf(() => made)).toMatchObject({
    law: 'a scenario is set up before its run begins',
    message: expect.stringContaining('setup must not be async'),
  });
});
