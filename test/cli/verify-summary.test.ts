import { expect, test } from 'vitest';
import { summary } from '../../src/cli/verify/verify-summary.ts';
import { emptyReport } from '../../src/harness/verify/failed-report.ts';

const job = { modules: [], scenario: 'echo', options: {} };

test('a scenario that had no run is not said to hold', () => {
  const idle = emptyReport(job, undefined, 'not begun', { runs: 0, durationMs: 0 });
  const done = { ...idle, scenario: 'forward', schedules: 9 };
  const text = summary([idle, done], 1000);
  expect(text).toMatch(/No promise was broken, but 1 scenario had no run: those promise nothing yet\.$/);
  expect(text).not.toContain('0 / 0 / 0 a run (min, median, max); 0 schedules/s\n  forward');
  expect(summary([done], 1000)).toMatch(/All promises held\.$/);
});
