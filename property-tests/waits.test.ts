// An event that waits while others go ahead: how choices read as waits, and waits are chosen again.
import { describe, expect, test } from 'vitest';
import { DispatcherWithSend } from '../src/core/index.ts';
import { echoScenario, forwarderScenario } from '../src/harness/scenarios/index.ts';
import {
  deviationsOf,
  explore,
  FAMILIES,
  formatReplay,
  parseReplay,
  RecordedStrategy,
  ReplayStrategy,
  type Run,
  Runner,
  random,
  runScenario,
  type Scenario,
  shrink,
} from '../src/sim/index.ts';
import { BoundedSchedules } from '../src/sim/search/bounded.ts';
import { PlacedStrategy, ReadingStrategy } from '../src/sim/shrink/placed.ts';

const SEEDS = 300;

const scenarios: readonly Scenario[] = [
  echoScenario({ name: 'echo-2x4', connections: 2, bytes: 4 }),
  forwarderScenario({ name: 'forward-2x3', connections: 2, bytesUp: 3, bytesDown: 2 }),
];

/** Timers of one host, of which each may fire at any time: what is recorded is the order. */
function timers(count: number, check: (order: string) => boolean = () => true): Scenario {
  return {
    name: 'timers',
    network: { orderWindowMs: 100 },
    setup(sim) {
      let order = '';
      const begin = (name: string): void => {
        const program = new DispatcherWithSend(sim.host(name).reactor);
        program.reactor.clock.setTimer(1, () => {
          order += name;
        });
      };
      for (const name of 'abcdefgh'.slice(0, count)) begin(name);
      sim.eventually('the order is as it should be', () => check(order));
    },
  };
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'for every storm of %s',
  (_name, scenario) => {
    const storms = Array.from({ length: SEEDS }, (_, seed) => runScenario(scenario, random(seed, 'storm')));

    test('what its choices read as is chosen again, and reads the same', () => {
      for (const { decisions } of storms) {
        const reading = new ReadingStrategy(deviationsOf(decisions.choices));
        runScenario(scenario, reading);
        const again = runScenario(scenario, new ReplayStrategy(reading.made));
        expect(again.decisions.choices).toEqual(decisions.choices);
        const placed = new PlacedStrategy([], 'index', reading.made);
        runScenario(scenario, placed);
        expect(placed.made).toEqual(reading.made);
      }
    });

    test('its replay string carries the waits', () => {
      let waits = 0;
      for (const { decisions } of storms) {
        const reading = new ReadingStrategy(deviationsOf(decisions.choices));
        runScenario(scenario, reading);
        const text = formatReplay(scenario.name, FAMILIES, decisions, reading.made);
        const strategy = new RecordedStrategy(parseReplay(text));
        const run = runScenario(scenario, strategy);
        strategy.expectMet(run.decisions);
        expect(run.decisions.choices).toEqual(decisions.choices);
        if (text.startsWith('fw3.')) waits += 1;
      }
      expect(waits).toBeGreaterThan(SEEDS / 2);
    });

    test('it has a sentence for each deviation', () => {
      for (const { decisions } of storms.slice(0, 100)) {
        const reading = new ReadingStrategy(deviationsOf(decisions.choices));
        const { trace } = runScenario(scenario, reading, { trace: true });
        expect(trace!.deviations.map(({ decision }) => decision)).toEqual(
          reading.made.map(({ index }) => index),
        );
      }
    });
  },
);

/** The choices of every schedule, by a search by deviations that counts a wait as one. */
function byDeviations(scenario: Scenario): string[] {
  const runner = new Runner(scenario);
  const found: string[] = [];
  for (let deviations = 0, before = -1; before !== found.length; deviations += 1) {
    before = found.length;
    const schedules = new BoundedSchedules(deviations);
    while (!schedules.isOver) {
      const strategy = new ReadingStrategy(schedules.points);
      const { decisions } = runner.run(strategy);
      if (schedules.isVisit) found.push(decisions.choices.join());
      schedules.advance(strategy.arities, strategy.freeChoices);
    }
  }
  return found;
}

test.each([
  ['five timers', timers(5), 120],
  [
    'an echo',
    { ...echoScenario({ name: 'echo', connections: 1, bytes: 1 }), families: ['order'] as const },
    1078,
  ],
  [
    'an echo that may be reset',
    {
      ...echoScenario({ name: 'echo', connections: 1, bytes: 1 }),
      families: ['order', 'reset'] as const,
      limits: { order: 3 },
    },
    367,
  ],
])('with waits, a search by deviations takes every schedule of %s, each once', (_name, scenario, count) => {
  const all: string[] = [];
  const onRun = ({ decisions }: Run): void => void all.push(decisions.choices.join());
  explore(scenario, {
    method: 'exhaustive',
    merge: false,
    prune: 'none',
    schedules: 1e6,
    checkDeterminism: 0,
    onRun,
  });
  expect(all).toHaveLength(count);
  expect(byDeviations(scenario).sort()).toEqual(all.sort());
});

test('one timer that comes after all others is one deviation, told in one sentence', () => {
  const scenario = timers(6, (order) => !order.endsWith('a'));
  const failing = Array.from({ length: SEEDS }, (_, seed) =>
    runScenario(scenario, random(seed, { order: 0.9 })),
  ).find(({ failure }) => failure !== null)!;
  const shrunk = shrink(scenario, failing)!;
  expect([shrunk.points.length, shrunk.isMinimal]).toEqual([1, true]);
  expect(shrunk.points[0].ahead).toBe(5);
  const { failure } = explore(scenario, { method: 'random', weather: { order: 0.9 } });
  expect(failure?.deviations).toEqual([
    'at 1 ms, the timer of a due at 1 ms waits while 5 events go first: the timer of b due at 1 ms, ' +
      'the timer of c due at 1 ms, the timer of d due at 1 ms, the timer of e due at 1 ms, and 1 more',
  ]);
  expect(failure?.replay).toMatch(/^fw3\.timers\.1\.0or1-6x5\.k/);
});
