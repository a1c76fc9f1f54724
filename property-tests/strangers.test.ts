// Services of kinds that nobody here ships: the search finds the mistake in each, and finds nothing in its right twin.
// STRANGERS_SCHEDULES=20000 tries the twins for longer.
import { describe, expect, test } from 'vitest';
import { explore, formatReport } from '../src/sim/index.ts';
import { STRANGERS } from './support/strangers/index.ts';

const SCHEDULES_MAX = 20_000;
const TWIN_SCHEDULES = Number(process.env.STRANGERS_SCHEDULES ?? 800);

describe.each(STRANGERS.map((stranger) => [stranger.name, stranger] as const))('%s', (_name, stranger) => {
  test(`is found if it ${stranger.mistake}`, () => {
    const { failure } = explore(stranger.scenario(true), { schedules: SCHEDULES_MAX });
    expect(failure?.deviations).toHaveLength(stranger.deviations);
    expect(failure?.nondeterminism).toBeNull();
  });

  test('is never accused without its mistake', () => {
    const report = explore(stranger.scenario(false), { schedules: TWIN_SCHEDULES });
    expect(report.failure, formatReport(report)).toBeNull();
  });
});
