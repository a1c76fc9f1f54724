import { expect, test } from 'vitest';
import { explore } from '../../src/sim/index.ts';

test('a deviation names whose timer overtakes whose, and for when they were set', () => {
  const report = explore({
    name: 'timers',
    families: ['order'],
    setup(sim) {
      const fired: string[] = [];
      for (const [name, delayMs] of [
        ['app', 3],
        ['server', 5],
      ] as const)
        sim.host(name).clock.setTimer(delayMs, () => fired.push(name));
      sim.eventually('the first timer fires first', () => fired[0] === 'app');
    },
  });
  expect(report.failure?.deviations).toEqual([
    'at 5 ms, the timer of server due at 5 ms comes before the timer of app due at 3 ms',
  ]);
});
