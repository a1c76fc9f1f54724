import { describe, expect, test } from 'vitest';
import { Dispatcher } from '../../src/core/index.ts';
import { explore, formatFailure, formatReport, mergeReports, type Scenario } from '../../src/sim/index.ts';

/** A client that connects, and does something then. */
function connecting(name: string, act: (client: Dispatcher) => void): Scenario {
  return {
    name,
    setup(sim) {
      const listener = new Dispatcher(sim.host('server').reactor);
      listener.bind({ host: '0.0.0.0', port: 7 });
      listener.listen();
      class Client extends Dispatcher {
        override handleConnect(): void {
          act(this);
          this.close();
        }
      }
      new Client(sim.host('client').reactor).connect({ host: 'server', port: 7 });
    },
    run: { untilMs: 1000, allowOpen: true },
  };
}

function failureText(scenario: Scenario): string {
  const { failure } = explore(scenario);
  if (failure === null) throw new Error('the scenario should fail');
  return formatFailure({ scenario: scenario.name }, failure);
}

describe('the text of a failure', () => {
  test('names the line of the program that threw', () => {
    const text = failureText(
      connecting('throws', () => {
        throw new TypeError('no such port');
      }),
    );
    expect(text).toMatch(/^ {2}error {7}TypeError: no such port$/m);
    expect(text).toMatch(/^ {2}thrown at {3}\/.*test\/sim\/report-text\.test\.ts:\d+:\d+$/m);
  });

  test('names no line where a law does not hold, as none threw', () => {
    const text = failureText({ name: 'broken', setup: (sim) => sim.eventually('it holds', () => false) });
    expect(text).toContain('AssertionFailure: it holds: does not hold');
    expect(text).not.toContain('thrown at');
  });

  test('has the causes of an error', () => {
    const text = failureText(
      connecting('caused', () => {
        throw new Error('outer', { cause: new Error('inner') });
      }),
    );
    expect(text).toMatch(/^ {2}error {7}Error: outer\n {14}caused by Error: inner$/m);
  });

  test('shows the beginning of a long message, and how much more there is', () => {
    const text = failureText(
      connecting('long', () => {
        throw new Error('y'.repeat(1_000_000));
      }),
    );
    expect(text.length).toBeLessThan(6000);
    expect(text).toContain('… and 996,007 characters more');
  });

  test('says what to look for where a program is not deterministic, and offers no replay', () => {
    let runs = 0;
    const text = failureText(
      connecting('moody', (client) => {
        runs += 1;
        if (runs === 2) client.reactor.callLater(1, () => {});
        if (runs === 7) throw new Error('the seventh time');
      }),
    );
    expect(text).toMatch(/^ {2}the program is not deterministic: /m);
    expect(text).toContain('look for what outlives a run (a variable of a module, a cache)');
    expect(text).toContain('  try again   npx foulweather verify --replay fw2.moody');
    expect(text).not.toContain('  replay  ');
  });
});

test('a program that goes otherwise from its second run on is found at the first', () => {
  let runs = 0;
  const scenario = connecting('aging', (client) => {
    runs += 1;
    if (runs > 1) client.reactor.callLater(1, () => {});
  });
  expect(explore(scenario, { schedules: 3 }).failure?.nondeterminism).toContain('decision');
});

describe('the text of a report', () => {
  const quiet = connecting('quiet', () => {});

  test('says how likely pct has missed a bug of each depth', () => {
    const text = formatReport(explore(quiet, { method: 'pct', schedules: 300 }));
    expect(text).toMatch(
      /^ {2}pct missed {2}with probability at most [\d.e-]+ a bug of depth 1, [\d.e-]+ of depth 2, /m,
    );
  });

  test('says that no family may deviate', () => {
    const text = formatReport(explore({ ...quiet, families: [] }, { schedules: 9 }));
    expect(text).toMatch(/^ {2}bound {7}\{every schedule; no family\}, complete$/m);
  });

  test('says how many runs were cut short', () => {
    const report = explore(quiet, { schedules: 9 });
    const text = formatReport({ ...report, prunedRuns: 4 });
    expect(text).toMatch(
      /^ {2}schedules {3}9 runs, 4 of them cut short where the rest is explored elsewhere$/m,
    );
  });

  test.each([
    [90, ', and 90 of those with 3, '],
    [20, ', and 28 % of those with 3 (20 of some 70), '],
    [0.5, ', and under 1 % of those with 3 (1 of some 70), '],
    [0, '}, '],
  ])('says how far the level under way has come after %d runs, and what is left', (run, extent) => {
    const spread = { probes: 48, mean: 70, median: 60, low: 50, high: 80 };
    const estimate = { remaining: spread, levels: [{ deviations: 3, run, schedules: spread }] };
    const part = {
      ...explore(quiet, { schedules: 9 }),
      isComplete: false,
      bound: '{deviations ≤ 2}',
      estimate,
    };
    const left =
      'an estimated 5 schedules remain (mean of 48 probes; their median is 60, half are from 50 to 80)';
    expect(formatReport({ ...part, estimatedRemaining: 5, sampled: 0 })).toContain(
      `${extent}cut off: ${left}`,
    );
    expect(formatReport({ ...part, estimatedRemaining: 5, sampled: 1 })).toContain(
      `${extent}sampled beyond: ${left}`,
    );
  });
});

test('parts that came to different bounds have together covered the lesser', () => {
  const scenario = connecting('parted', () => {});
  const far = explore(scenario, { schedules: 2000, shard: { index: 0, count: 2 } });
  const near = explore(scenario, { schedules: 60, shard: { index: 1, count: 2 } });
  const merged = mergeReports([far, near]);
  expect(far.deviationsCovered).toBeGreaterThan(near.deviationsCovered!);
  expect(merged.deviationsCovered).toBe(near.deviationsCovered);
  expect(merged.bound).toBe(near.bound);
});
