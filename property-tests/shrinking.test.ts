// How small failing schedules get, of broken services and of broken whole programs. docs/shrinking.md has the table; to
// measure it anew: WRITE_SHRINKING=1 npx vitest run property-tests/shrinking.test.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everySchedule, type ScheduleError } from '../src/harness/program/index.ts';
import { type ProgramRun, runOnce } from '../src/harness/program/program-run.ts';
import { shrinkProgram } from '../src/harness/program/schedules/shrink-program.ts';
import { familiesOf, random, type Strategy, shrink, weatherOf } from '../src/sim/index.ts';
import { BROKEN } from './support/broken/index.ts';
import { BROKEN_EXCHANGES } from './support/broken-exchanges.ts';
import { BROKEN_PROGRAMS } from './support/broken-programs.ts';
import { serviceScenario } from './support/service-scenarios.ts';
import { measurePrograms, measureServices, TABLE_HEAD } from './support/shrinking.ts';
import { find, worldOf } from './support/teeth.ts';

const PAGE = new URL('../docs/shrinking.md', import.meta.url);

// It writes a file, and takes minutes: only when asked for.
test.runIf(process.env.WRITE_SHRINKING !== undefined)(
  'docs/shrinking.md is measured anew',
  async () => {
    const rows = [...TABLE_HEAD, ...measureServices(), ...(await measurePrograms())];
    const page = readFileSync(PAGE, 'utf8');
    writeFileSync(PAGE, page.replace(/\| what fails \|[\s\S]*?\n\n/, `${rows.join('\n')}\n\n`));
  },
  1_800_000,
);

// Failures of order, which once kept a deviation for each event that had come in another order.
test.each([
  ['forward: both ended is done', 1, 21, 2],
  ['echo: one at a time', 3, 15, 2],
  ['echo: new bytes overtake', 1, 16, 3],
])(
  'a schedule that breaks %s (seed %i) shrinks from %i deviations to %i, which are the fewest',
  (name, seed, before, after) => {
    const service = BROKEN.find((other) => other.name === name)!;
    const { run } = find(service, 'random', seed);
    const shrunk = shrink(serviceScenario(service, worldOf(service)), run!)!;
    expect(run!.decisions.deviationCount).toBe(before);
    expect([shrunk.points.length, shrunk.isMinimal]).toEqual([after, true]);
  },
);

// Found by chance, so that no search by deviations has made them small before.
test.each([
  ['text per chunk', 2, 1],
  ['lone lengths', 3, 1],
  ['mixes up answers', 1, 1],
  ['lost update', 1, 1],
])(
  'a storm that breaks the program that %s (seed %i) shrinks to the fewest deviations: %i',
  async (name, seed, fewest) => {
    const { body } = [...BROKEN_PROGRAMS, ...BROKEN_EXCHANGES].find((other) => other.name === name)!;
    const error: ScheduleError = await everySchedule(name, body, {
      method: 'random',
      seed,
      schedules: 600,
      shrinkBudgetMs: 100_000,
    }).then(
      () => expect.fail('it holds'),
      (thrown) => thrown,
    );
    expect(error.deviations).toHaveLength(fewest);
    expect(error.message).toContain('none with fewer fails');
  },
  // A second or two alone; nothing here is about time.
  120_000,
);

test('a stall stays where it is in the stream when what came before it is no longer cut', async () => {
  const { body } = BROKEN_EXCHANGES.find(({ name }) => name === 'head comes later')!;
  const families = familiesOf(weatherOf('storm'));
  const runAgain = (strategy: Strategy): Promise<ProgramRun> => runOnce(body, strategy, families, {});
  const failing = await runAgain(random(7, 'storm'));
  expect(failing.decisions.deviationCount).toBe(15);
  const { points, isMinimal } = await shrinkProgram(failing, runAgain, (runs) => runs < 2000);
  expect([points.length, isMinimal]).toEqual([2, true]);
}, 120_000);

test('docs/shrinking.md has a row for each broken service and program', () => {
  const names = readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|')[1].trim());
  for (const { name } of [...BROKEN_PROGRAMS, ...BROKEN_EXCHANGES, ...BROKEN]) expect(names).toContain(name);
});
