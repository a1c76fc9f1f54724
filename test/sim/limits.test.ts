import { describe, expect, test } from 'vitest';
import { Dispatcher } from '../../src/core/index.ts';
import { type ExploreOptions, explore, type Run, type Scenario } from '../../src/sim/index.ts';

const scenario: Scenario = {
  name: 'limited',
  setup(sim) {
    const listener = new Dispatcher(sim.host('server').reactor);
    listener.bind({ host: '0.0.0.0', port: 7 });
    listener.listen();
    class Client extends Dispatcher {
      override handleConnect(): void {
        this.close();
      }
    }
    new Client(sim.host('client').reactor).connect({ host: 'server', port: 7 });
  },
  run: { untilMs: 1000, allowOpen: true },
};

const choicesOf = ({ decisions }: Run): string => decisions.choices.join('').replace(/0+$/, '');

/** The schedules that a search runs, and its report. */
function searched(options: ExploreOptions): { runs: string[]; bound: string; isComplete: boolean } {
  const runs: string[] = [];
  const { bound, isComplete } = explore(scenario, { ...options, onRun: (run) => runs.push(choicesOf(run)) });
  return { runs, bound, isComplete };
}

describe('a limit on the schedules', () => {
  test.each(['portfolio', 'bounded'] as const)('of one is the calm one, by %s', (method) => {
    const { runs, bound } = searched({ method, schedules: 1 });
    expect(runs).toEqual(['']);
    expect(bound).toBe('{deviations ≤ 0; all families}');
  });

  test('that is just enough makes a bound complete', () => {
    const all = searched({ method: 'bounded', deviations: 1 }).runs.length;
    expect(searched({ method: 'bounded', deviations: 1, schedules: all }).isComplete).toBe(true);
    expect(searched({ method: 'bounded', deviations: 1, schedules: all - 1 }).isComplete).toBe(false);
  });

  test.each([1, 2, 3, 10, 40, 200])(
    'of %i is kept by all parts together, which name one bound',
    (schedules) => {
      const whole = searched({ schedules });
      for (const count of [2, 7, 50]) {
        const parts = Array.from({ length: count }, (_, index) =>
          searched({ schedules, shard: { index, count } }),
        );
        expect(parts.flatMap(({ runs }) => runs).sort()).toEqual([...whole.runs].sort());
        expect(new Set(parts.map(({ bound }) => bound))).toEqual(new Set([whole.bound]));
      }
    },
  );

  test('leaves recorded schedules out of account', () => {
    const regressions = Array.from({ length: 5 }, () => 'fw1.limited.1ekf.k0');
    const { runs } = searched({ schedules: 20, regressions });
    expect(runs.slice(5)).toEqual(searched({ schedules: 20 }).runs);
  });
});

test('a search within a budget names the samples that it took', () => {
  let nowMs = 0;
  const now = (): number => {
    nowMs += 1;
    return nowMs;
  };
  expect(explore(scenario, { budgetMs: 300, now }).bound).toMatch(/; then pct depth 1–3, swarm, pos}$/);
});

test('what is broken off in the calm run claims no deviations', () => {
  const broken: Scenario = { name: 'broken', setup: (sim) => sim.eventually('it holds', () => false) };
  expect(explore(broken).bound).toBe('{the calm run; all families}');
});

test('a portfolio with deviations to go up to ends, without samples, where its time does', () => {
  let atMs = 0;
  const now = (): number => {
    atMs += 1;
    return atMs;
  };
  const report = explore(scenario, { method: 'portfolio', deviations: 3, budgetMs: 1, now });
  expect(report).toMatchObject({ isComplete: false, failure: null, pctMissed: {} });
});
