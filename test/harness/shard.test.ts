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

  test.each(['random', 'swarm', 'pct', 'pos', 'portfolio'] as const)(
    'three parts of a search by %s run the schedules that one machine runs',
    (method) => {
      for (const schedules of [30, 91, 200]) {
        const options: ExploreOptions = { method, weather: 'storm', schedules };
        const whole = schedulesOf(options);
        const joined = parts.flatMap((shard) => schedulesOf({ ...options, shard })).sort();
        expect(joined).toEqual(whole);
        expect(whole).toHaveLength(schedules);
      }
    },
  );

  test('every part of a search with fewer schedules than asked for knows that it is complete', () => {
    const small = echoScenario({ name: 'echo', connections: 1, bytes: 1, families: ['end'] });
    const reports = parts.map((shard) => explore(small, { shard }));
    expect(reports.map(({ isComplete }) => isComplete)).toEqual([true, true, true]);
    expect(reports.reduce((sum, { schedules }) => sum + schedules, 0)).toBe(explore(small).schedules);
  });

  test('a shard reads as I/N', () => {
    expect(parseShard('2/5')).toEqual({ index: 1, count: 5 });
    for (const text of ['0/5', '6/5', '5', 'a/b']) expect(() => parseShard(text)).toThrow('from 1 to N');
  });

  test.each([
    ['GitLab', { GITLAB_CI: 'true', CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3' }, 0],
    ['GitLab', { GITLAB_CI: 'true', CI_NODE_INDEX: '3', CI_NODE_TOTAL: '3' }, 2],
    ['Heroku', { CI_NODE_INDEX: '0', CI_NODE_TOTAL: '3', HEROKU_TEST_RUN_ID: 'x' }, 0],
    ['CircleCI', { CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '3' }, 0],
    ['Buildkite', { BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '3' }, 2],
    ['Kubernetes', { JOB_COMPLETION_INDEX: '1', JOB_COMPLETIONS: '3' }, 1],
    ['Semaphore', { SEMAPHORE_JOB_INDEX: '2', SEMAPHORE_JOB_COUNT: '3' }, 1],
    ['Azure Pipelines', { SYSTEM_JOBPOSITIONINPHASE: '3', SYSTEM_TOTALJOBSINPHASE: '3' }, 2],
  ])('the variables of %s, %o, are part %i of 3', (_service, variables, index) => {
    expect(shardFromEnvironment(variables)?.shard).toEqual({ index, count: 3 });
  });

  test.each([[{}], [{ CI_NODE_TOTAL: '1' }], [{ CI_NODE_INDEX: '1', CI_NODE_TOTAL: '1' }]])(
    'the variables %o are no part',
    (variables) => {
      expect(shardFromEnvironment(variables)).toBeNull();
    },
  );

  test('services that say the same are one part', () => {
    const both = { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '3', CIRCLE_NODE_INDEX: '1', CIRCLE_NODE_TOTAL: '3' };
    expect(shardFromEnvironment(both)?.shard).toEqual({ index: 1, count: 3 });
  });

  test('a service that has one job leaves it to another', () => {
    const both = { CI_NODE_INDEX: '0', CI_NODE_TOTAL: '1', CIRCLE_NODE_INDEX: '1', CIRCLE_NODE_TOTAL: '3' };
    expect(shardFromEnvironment(both)?.shard).toEqual({ index: 1, count: 3 });
  });

  test('a total without a number searches all, and says so', () => {
    const found = shardFromEnvironment({ CI_NODE_INDEX: '', CI_NODE_TOTAL: '4' });
    expect(found?.shard).toEqual({ index: 0, count: 1 });
    expect(found?.notice).toContain('CI_NODE_TOTAL is set and CI_NODE_INDEX is not');
  });

  test('a number without a total searches all, and says so', () => {
    const found = shardFromEnvironment({ JOB_COMPLETION_INDEX: '1' });
    expect(found?.shard).toEqual({ index: 0, count: 1 });
    expect(found?.notice).toContain('JOB_COMPLETIONS is not, so all of it is searched here');
  });

  test.each([
    [{ GITLAB_CI: 'true', CI_NODE_INDEX: '0', CI_NODE_TOTAL: '3' }, 'it counts from 1 to 3;'],
    [{ GITLAB_CI: 'true', CI_NODE_INDEX: '4', CI_NODE_TOTAL: '3' }, 'it counts from 1 to 3;'],
    [{ CI_NODE_INDEX: '3', CI_NODE_TOTAL: '3' }, 'it counts from 0 to 2 (without GITLAB_CI)'],
    [{ CIRCLE_NODE_INDEX: '3', CIRCLE_NODE_TOTAL: '3' }, 'it counts from 0 to 2;'],
    [{ CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: 'x' }, 'it counts from 0 to the number of jobs;'],
    [
      {
        GITLAB_CI: 'true',
        CI_NODE_INDEX: '1',
        CI_NODE_TOTAL: '3',
        CIRCLE_NODE_INDEX: '1',
        CIRCLE_NODE_TOTAL: '3',
      },
      'Part 1 of 3, by CI_NODE_INDEX and CI_NODE_TOTAL, and Part 2 of 3, by CIRCLE_NODE_INDEX',
    ],
    [
      {
        BUILDKITE_PARALLEL_JOB: '0',
        BUILDKITE_PARALLEL_JOB_COUNT: '2',
        JOB_COMPLETION_INDEX: '0',
        JOB_COMPLETIONS: '4',
      },
      'contradict each other: Part 1 of 2',
    ],
    [{ BUILDKITE_PARALLEL_JOB: 'x', BUILDKITE_PARALLEL_JOB_COUNT: '3' }, 'is no part'],
  ])('the variables %o contradict each other', (variables, message) => {
    expect(() => shardFromEnvironment(variables)).toThrow(message);
  });

  test('any text is a seed, and a number is itself', () => {
    expect(seedOf('42')).toBe(42);
    expect(seedOf('8be5d07')).toBe(seedOf('8be5d07'));
    expect(seedOf('8be5d07')).not.toBe(seedOf('8be5d08'));
  });
});
