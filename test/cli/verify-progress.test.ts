import { describe, expect, test } from 'vitest';
import { shareDone, VerifyProgress } from '../../src/cli/verify/verify-progress.ts';
import type { Job } from '../../src/harness/verify/job.ts';

const job = (options: Job['options']): Job => ({ modules: [], scenario: 'echo', options });

describe('how much of a verification is done', () => {
  const none = { jobs: 0, runs: 0, elapsedMs: 0 };

  test.each([
    ['jobs', [job({}), job({})], { ...none, jobs: 1 }, 0.5],
    ['schedules, where all jobs have a limit', [job({ schedules: 100 })], { ...none, runs: 25 }, 0.25],
    [
      'schedules of all parts together',
      [0, 1].map((index) => job({ schedules: 100, shard: { index, count: 2 } })),
      { ...none, runs: 50 },
      0.5,
    ],
    ['time, where all have a budget', [job({ budgetMs: 1000 })], { ...none, elapsedMs: 100 }, 0.1],
    [
      'time, where threads have several jobs each',
      [0, 1, 2, 3].map(() => job({ budgetMs: 1000 })),
      { ...none, elapsedMs: 1000 },
      0.5,
    ],
    ['jobs alone, where one has no limit', [job({ schedules: 100 }), job({})], { ...none, runs: 25 }, 0],
    ['nothing, where there is nothing to do', [], none, 0],
  ])('is told by %s', (_what, jobs, done, share) => {
    expect(shareDone(jobs, 2, done)).toBe(share);
  });
});

test('the bar is never wider than the terminal', async () => {
  const written: string[] = [];
  const stream = { isTTY: true, columns: 40, write: (text: string) => written.push(text) > 0 };
  const progress = new VerifyProgress(stream as unknown as NodeJS.WriteStream, 1);
  progress.begin([job({})], () => 123_456_789);
  while (written.length === 0) await new Promise((resolve) => setImmediate(resolve));
  progress.end();
  expect(written[0].replace('\r\x1b[K', '')).toHaveLength(39);
});
