import { expect, test } from 'vitest';
import { explore, type Scenario } from '../../src/sim/index.ts';

/** Somebody's one event must be overtaken ten times in a row by those of somebody else. */
const starvation: Scenario = {
  name: 'starvation',
  families: ['order'],
  network: { orderWindowMs: 20 },
  setup(sim) {
    let ticks = 0;
    let isServed = false;
    const { clock } = sim.host('busy');
    const tick = (): void => {
      ticks += 1;
      if (ticks < 15) clock.setTimer(1, tick);
    };
    clock.setTimer(1, tick);
    sim.host('patient').clock.setTimer(0, () => {
      isServed = true;
    });
    sim.always('nobody waits while ten are served', () => isServed || ticks < 10);
  },
};

test.each(['pct', 'pos'] as const)('%s starves a chain within a few schedules', (method) => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const { failure } = explore(starvation, { method, seed, schedules: 200 });
    expect(failure?.law).toBe('nobody waits while ten are served');
  }
});

test('random does not starve a chain in ten times as many', () => {
  expect(explore(starvation, { method: 'random', schedules: 2000 }).failure).toBeNull();
});
