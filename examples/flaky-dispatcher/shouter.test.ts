import { explore, formatReport } from 'foulweather';
import { expect, test } from 'vitest';
import { shouter } from './shouter.scenario.ts';

test('for every schedule, the shouter answers what it was sent', () => {
  const report = explore(shouter, { schedules: 5_000 });
  expect(report.failure, formatReport(report)).toBeNull();
  expect(report.faults['short-send']).toBeGreaterThan(0);
});
