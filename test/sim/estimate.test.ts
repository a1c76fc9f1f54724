import { describe, expect, test } from 'vitest';
import { echoScenario } from '../../src/harness/scenarios/echo.ts';
import { Decisions } from '../../src/sim/decisions/decisions.ts';
import { ORDER } from '../../src/sim/decisions/label.ts';
import { explore, formatReport, mergeReports, type Scenario, type Strategy } from '../../src/sim/index.ts';
import { probeLevels, probeTree, spreadOf } from '../../src/sim/search/estimate.ts';
import { ReplayStrategy } from '../../src/sim/strategies/replay.ts';

/** A tree: from the choices so far, how many the next decision has; 0 is the end. */
type Tree = (choices: readonly number[]) => number;

function walk(tree: Tree, strategy: Strategy): Decisions {
  const decisions = new Decisions(strategy);
  for (;;) {
    const arity = tree(decisions.choices);
    if (arity === 0) return decisions;
    decisions.decide(ORDER, arity);
  }
}

/** How many ends a tree has, and how many of them with so many deviations. */
function count(tree: Tree, choices: readonly number[] = []): { all: number; levels: number[] } {
  const arity = tree(choices);
  const levels: number[] = [];
  if (arity === 0) {
    const deviations = choices.filter((choice) => choice > 0).length;
    levels[deviations] = 1;
    return { all: 1, levels };
  }
  let all = 0;
  for (let choice = 0; choice < arity; choice += 1) {
    const below = count(tree, [...choices, choice]);
    all += below.all;
    below.levels.forEach((value, level) => {
      levels[level] = (levels[level] ?? 0) + value;
    });
  }
  return { all, levels };
}

const even: Tree = (choices) => (choices.length < 9 ? 2 : 0);
/** Each deviation makes the rest shorter, as a fault does. */
const uneven: Tree = (choices) => {
  const deviations = choices.filter((choice) => choice > 0).length;
  return choices.length + 2 * deviations < 9 ? 2 + (choices.length % 3) : 0;
};

describe('the estimate of what is left', () => {
  test('a spread has the quartiles and the mean of its values', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ probes: 5, mean: 3, low: 2, median: 3, high: 4 });
  });

  test('of an even tree every probe gives the size', () => {
    const estimate = probeTree(
      (probe) => walk(even, probe).length > 0,
      () => false,
      { seed: 1 },
    );
    expect(estimate?.remaining).toEqual({ probes: 48, mean: 512, low: 512, median: 512, high: 512 });
  });

  test.each([1, 2, 3, 4])('of an uneven tree the quartiles lie about the size, with seed %i', (seed) => {
    const { all } = count(uneven);
    const { remaining } = probeTree(
      (probe) => walk(uneven, probe).length > 0,
      () => false,
      { seed },
    )!;
    expect(remaining.low).toBeLessThan(all);
    expect(remaining.high).toBeGreaterThan(all / 2);
    expect(remaining.mean).toBeGreaterThan(all / 2);
    expect(remaining.mean).toBeLessThan(all * 2);
  });

  test('the mean of many probes is the size of an uneven tree, level by level', () => {
    const { all, levels } = count(uneven);
    const probes = 20_000;
    const tree = probeTree(
      (probe) => walk(uneven, probe).length > 0,
      () => false,
      { seed: 7, probes },
    )!;
    expect(tree.remaining.mean / all).toBeCloseTo(1, 1);
    const byLevel = probeLevels((points) => ({ decisions: walk(uneven, new ReplayStrategy([...points])) }), {
      from: 1,
      to: levels.length,
      run: 0,
      seed: 7,
      probes,
    })!;
    for (const { deviations, schedules } of byLevel.levels.slice(0, -1))
      expect(schedules.mean / levels[deviations]).toBeCloseTo(1, 1);
    // No schedule has more deviations than the tree allows.
    expect(byLevel.levels.at(-1)?.schedules.mean).toBe(0);
  });

  test('a search that has passed a part of the tree has that much less left', () => {
    const half = probeTree(
      (probe) => walk(even, probe).length > 0,
      (choices) => choices[0] === 0,
      { seed: 1, probes: 1000 },
    )!;
    expect(half.remaining.mean / 256).toBeCloseTo(1, 1);
  });
});

function echo(): Scenario {
  return echoScenario({ name: 'echo-1x3', connections: 1, bytes: 3, families: ['order', 'split', 'end'] });
}

describe('a search that was not completed', () => {
  test('an exhaustive one says about as many schedules as there are, with quartiles', () => {
    const whole = explore(echo(), { method: 'exhaustive', merge: true, prune: 'none' });
    const part = explore(echo(), { method: 'exhaustive', merge: false, prune: 'none', schedules: 500 });
    const left = whole.schedulesCovered - 500;
    expect(whole.estimate).toBeNull();
    expect(part.schedules).toBe(500);
    expect(part.estimate?.remaining.mean).toBeGreaterThan(left / 4);
    expect(part.estimate?.remaining.mean).toBeLessThan(left * 4);
    expect(part.estimatedRemaining).toBe(part.estimate?.remaining.mean);
    expect(formatReport(part)).toMatch(
      /, cut off: an estimated [\d,.e+]+ schedules remain.* \(mean of 48 probes; their median is [\d,.e+]+, half are from [\d,.e+]+ to [\d,.e+]+\)/,
    );
  });

  test('one by deviations says of each level how many schedules it has', () => {
    const counts = [0, 1, 2, 3].map(
      (deviations) => explore(echo(), { method: 'bounded', deviations }).schedules,
    );
    const part = explore(echo(), { method: 'bounded', deviations: 3, schedules: counts[1] + 10 });
    const [second, third] = part.estimate!.levels;
    expect([second.deviations, second.run, third.deviations, third.run]).toEqual([2, 10, 3, 0]);
    expect(second.schedules.mean / (counts[2] - counts[1])).toBeCloseTo(1, 0);
    expect(third.schedules.mean / (counts[3] - counts[2])).toBeCloseTo(1, 0);
    expect(formatReport(part)).toMatch(
      /\{deviations ≤ 1; .*\}, and \d+ % of those with 2 \(10 of some [\d,]+\), cut off: an estimated/,
    );
    expect(formatReport(part)).not.toContain('complete');
  });

  test('its parts have together about as much left as one machine would', () => {
    const options = { method: 'bounded', deviations: 3, schedules: 100 } as const;
    const whole = explore(echo(), options);
    const parts = [0, 1].map((index) => explore(echo(), { ...options, shard: { index, count: 2 } }));
    const merged = mergeReports(parts);
    expect(merged.estimatedRemaining! / whole.estimatedRemaining!).toBeCloseTo(1, 1);
    expect(merged.estimate?.levels).toEqual(whole.estimate?.levels);
  });

  test('a failure that a probe meets is a failure', () => {
    const scenario: Scenario = {
      name: 'rare',
      families: ['order'],
      setup(sim) {
        const answers = [1, 2, 3, 4, 5, 6].map((place) => sim.decide(`place ${place}`, 4));
        sim.eventually('not both last', () => answers[4] + answers[5] < 6);
      },
    };
    const report = explore(scenario, { method: 'exhaustive', schedules: 1, checkDeterminism: 0 });
    expect(report.failure?.foundBy).toBe('a probe of what is left');
  });
});
