import { describe, expect, test } from 'vitest';
import { echoScenario } from '../../src/harness/scenarios/index.ts';
import { parseShard, seedOf, shardFromEnvironment } from '../../src/harness/verify/shard.ts';
import { type ExploreOptions, explore, type Shard } from '../../src/sim/index.ts';

const scenario = echoScenario({
  name: 'echo',
  connections: 1,
  bytes: 2,
  families: ['order', 'split', 'end'],
});

/** Every schedule that a search runs, as the deviations it was told to make. */
function schedulesOf(options: ExploreOptions): string[] {
  const found: string[] = [];
  explore(scenario, { ...options, onRun: (run) => found.push(run.decisions.choices.join()) });
  return found.sort();
}

const parts: readonly Shard[] = [0, 1, 2].map((index) => ({ index, count: 3 }));

describe('shards', () => {
  test('three parts of a search by deviations run what one machine runs, and nothing twice', () => {
    const options: ExploreOptions = { method: 'bounded', deviations: 2 };
    const whole = schedulesOf(options);
    const joined = parts.flatMap((shard) => schedulesOf({ ...options, shard })).sort();
    expect(joined).toEqual(whole);
    expect(new Set(whole).size).toBe(whole.length);
  });

  test('three parts of a sample draw the seeds that one machine draws', () => {
    const options: ExploreOptions = { method: 'random', weather: 'storm' };
    const whole = schedulesOf({ ...options, schedules: 90 });
    const joined = parts.flatMap((shard) => schedulesOf({ ...options, schedules: 30, shard })).sort();
    expect(joined).toEqual(whole);
  });

  test('a shard reads as I/N', () => {
    expect(parseShard('2/5')).toEqual({ index: 1, count: 5 });
    for (const text of ['0/5', '6/5', '5', 'a/b']) expect(() => parseShard(text)).toThrow('from 1 to N');
  });

  test('the variables of CI services give the part', () => {
    expect(shardFromEnvironment({ CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' })).toEqual({ index: 1, count: 3 });
    expect(shardFromEnvironment({ BUILDKITE_PARALLEL_JOB: '0', BUILDKITE_PARALLEL_JOB_COUNT: '4' })).toEqual({
      index: 0,
      count: 4,
    });
    expect(shardFromEnvironment({ CI_NODE_INDEX: '9', CI_NODE_TOTAL: '3' })).toBeNull();
    expect(shardFromEnvironment({})).toBeNull();
  });

  test('any text is a seed, and a number is itself', () => {
    expect(seedOf('42')).toBe(42);
    expect(seedOf('8be5d07')).toBe(seedOf('8be5d07'));
    expect(seedOf('8be5d07')).not.toBe(seedOf('8be5d08'));
  });
});
