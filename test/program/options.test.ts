// What a caller gets wrong is an argument error at the call, and no schedule's failure.
import { describe, expect, test } from 'vitest';
import { everySchedule, install, runAsync, runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

const nothing = (): void => {};

/** What a call throws, or a promise that it gives is rejected with. */
async function codeOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return [(error as Error).name, (error as { code?: unknown }).code];
  }
  return expect.fail('it succeeds');
}

const WRONG: readonly [string, object, string][] = [
  ['timeoutMs that is negative', { timeoutMs: -1 }, 'ERR_OUT_OF_RANGE'],
  ['realTimeoutMs that is text', { realTimeoutMs: '30s' }, 'ERR_INVALID_ARG_TYPE'],
  ['realTimeoutMs that is no number', { realTimeoutMs: Number.NaN }, 'ERR_OUT_OF_RANGE'],
  ['graceMs that is negative', { graceMs: -1 }, 'ERR_OUT_OF_RANGE'],
];

describe.each(WRONG)('%s', (_, options, code) => {
  test('is refused by runAsync, runProgram and everySchedule', async () => {
    const sim = new Simulation();
    const expected = ['ArgumentError', code];
    expect(await codeOf(() => runAsync(sim, nothing, options))).toEqual(expected);
    expect(await codeOf(() => runProgram(sim, nothing, options))).toEqual(expected);
    expect(await codeOf(() => everySchedule('nothing', nothing, options))).toEqual(expected);
  });
});

test.each([
  [{ startMs: Number.NaN }, 'ERR_OUT_OF_RANGE'],
  [{ startMs: '2026' }, 'ERR_INVALID_ARG_TYPE'],
  [{ entropySeed: 'a' }, 'ERR_INVALID_ARG_TYPE'],
  [{ entropySeed: true }, 'ERR_INVALID_ARG_TYPE'],
  [{ host: '' }, 'ERR_INVALID_ARG_VALUE'],
])('install refuses %o', async (options, code) => {
  const expected = ['ArgumentError', code];
  expect(await codeOf(() => install(new Simulation(), options as never))).toEqual(expected);
  expect(await codeOf(() => everySchedule('nothing', nothing, options as never))).toEqual(expected);
  install(new Simulation()).remove();
});

test.each([
  [{ method: 'exhaustive' }, 'ERR_INVALID_ARG_VALUE'],
  [{ budgetMs: -1 }, 'ERR_OUT_OF_RANGE'],
  [{ budgetMs: '10s' }, 'ERR_INVALID_ARG_TYPE'],
  [{ shrinkBudgetMs: -1 }, 'ERR_OUT_OF_RANGE'],
  [{ weather: 'hail' }, 'ERR_INVALID_ARG_VALUE'],
  [{ replay: 7 }, 'ERR_INVALID_ARG_TYPE'],
])('everySchedule refuses %o', async (options, code) => {
  expect(await codeOf(() => everySchedule('nothing', nothing, options as never))).toEqual([
    'ArgumentError',
    code,
  ]);
});

test('a body that is no function is refused', async () => {
  const expected = ['ArgumentError', 'ERR_INVALID_ARG_TYPE'];
  expect(await codeOf(() => everySchedule('nothing', {} as never))).toEqual(expected);
  expect(await codeOf(() => runProgram(new Simulation(), 7 as never))).toEqual(expected);
  expect(await codeOf(() => runAsync(new Simulation(), undefined as never))).toEqual(expected);
});

test('two searches side by side are a typed error at once, and no failing schedule', async () => {
  const wait = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 10));
  const searches = ['one', 'two'].map((title) => everySchedule(title, wait, { schedules: 3 }));
  const [one, two] = await Promise.allSettled(searches);
  expect(one.status).toBe('fulfilled');
  expect(two).toMatchObject({ reason: { name: 'ProgramError', code: 'ERR_INSTALLED' } });
});
