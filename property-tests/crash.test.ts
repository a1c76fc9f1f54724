// Hosts that crash and stand still by decision: what no other fault shows, and that merging leaves nothing out.
import { describe, expect, test } from 'vitest';
import { explore, type Family, formatReport } from '../src/sim/index.ts';
import { logScenario } from './support/log-keeper.ts';

const GENTLE: readonly Family[] = ['ready', 'split', 'coalesce', 'end', 'short-read'];

describe.each(['answers before it is written', 'answers when it is accepted'] as const)(
  'a keeper that %s',
  (mistake) => {
    test('is found with one crash', () => {
      const report = explore(logScenario({ mistake, families: ['crash'] }));
      expect(report.failure?.law).toBe('who is answered finds the record in the log');
      expect(report.failure?.deviations).toEqual([
        expect.stringMatching(/^at \d ms, keeper: crashes, and is up again after 1000 ms$/),
      ]);
    });

    test('is right as long as no host crashes or stands still, and its disk is well and quick', () => {
      const report = explore(logScenario({ mistake, families: GENTLE }), { schedules: 300 });
      expect(report.failure, formatReport(report)).toBeNull();
    });
  },
);

test('under every crash and every pause, an answer means that the record is written', () => {
  const report = explore(logScenario({ mistake: 'none', families: ['crash', 'pause', 'split', 'end'] }), {
    method: 'exhaustive',
  });
  expect(report.failure, formatReport(report)).toBeNull();
  expect(report.isComplete).toBe(true);
  expect(report.faults.crash).toBeGreaterThan(0);
  expect(report.faults.pause).toBeGreaterThan(0);
});

test('merging equal states shows the outcomes of plain enumeration, with crashes too', () => {
  const outcomes = (merge: boolean): { found: string[]; runs: number } => {
    const found = new Set<string>();
    const onOutcome = (outcome: string): void => void found.add(outcome);
    const families = ['crash', 'pause', 'end'] as const;
    const scenario = { ...logScenario({ mistake: 'none', families, onOutcome }), limits: { pause: 1 } };
    const { schedules, isComplete } = explore(scenario, { method: 'exhaustive', merge });
    expect(isComplete).toBe(true);
    return { found: [...found].sort(), runs: schedules };
  };
  const [plain, merged] = [outcomes(false), outcomes(true)];
  expect(merged.found).toEqual(plain.found);
  expect(merged.runs).toBeLessThan(plain.runs);
  expect(plain.found).toEqual(['false ', 'true abc']);
});
