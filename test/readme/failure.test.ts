// The failure that the README shows is what a search prints for the mistake that it describes.
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { shouter } from '../../examples/flaky-dispatcher/shouter.scenario.ts';
import { explore, formatFailure } from '../../src/sim/index.ts';

vi.mock('../../examples/flaky-dispatcher/shouter.ts', () => import('./hasty-shouter.ts'));

/** How long the search took, and the string that it prints, may change with the search; what it found may not. */
function stable(text: string): string {
  return text.replace(/^( {2}found|.*--replay fw\d+).*$/gm, '$1');
}

test('the failure in the README is the one that a search prints', () => {
  const report = explore(shouter);
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = /^```text\n([\s\S]*?)\n```$/m.exec(readme)?.[1];
  expect(stable(shown ?? '')).toBe(stable(formatFailure(report, report.failure!)));
});
