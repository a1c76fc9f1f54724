// A program that keeps what it receives in a file: under every schedule of network and disk its answer means that it is
// written. Each plausible mistake shows, and merging states that differ in files only would be found out.
import { describe, expect, test } from 'vitest';
import { explore, formatReport } from '../src/sim/index.ts';
import { logScenario, type Mistake } from './support/log-keeper.ts';

test('under every schedule of a failing, slow and full disk, an answer means that the record is written', () => {
  const report = explore(logScenario({ mistake: 'none' }), { method: 'exhaustive' });
  expect(report.failure, formatReport(report)).toBeNull();
  expect(report.isComplete).toBe(true);
  for (const family of ['disk', 'short-send', 'stall'] as const)
    expect(report.faults[family]).toBeGreaterThan(0);
});

describe.each<[Mistake, number]>([
  ['drops the rest of a short write', 1],
  ['answers before it is written', 1],
  ['ignores a full disk', 1],
])('a keeper that %s', (mistake, deviations) => {
  test('is found, and shrunk to the fewest deviations', () => {
    const report = explore(logScenario({ mistake }), { schedules: 5_000 });
    expect(report.failure?.deviations).toHaveLength(deviations);
  });
});

test('merging equal states shows the outcomes of plain enumeration, in files too', () => {
  const outcomes = (merge: boolean): { found: string[]; runs: number } => {
    const found = new Set<string>();
    const onOutcome = (outcome: string): void => void found.add(outcome);
    const families = ['disk', 'short-send', 'end'] as const;
    const scenario = { ...logScenario({ mistake: 'none', families, onOutcome }), limits: { disk: 1 } };
    const { schedules, isComplete } = explore(scenario, { method: 'exhaustive', merge });
    expect(isComplete).toBe(true);
    return { found: [...found].sort(), runs: schedules };
  };
  const [plain, merged] = [outcomes(false), outcomes(true)];
  expect(merged.found).toEqual(plain.found);
  expect(merged.runs).toBeLessThan(plain.runs);
  expect(plain.found).toEqual(['false ', 'false a', 'false ab', 'true abc']);
});
