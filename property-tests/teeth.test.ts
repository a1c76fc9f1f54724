// Proof of teeth: every broken service is found, and how quickly. docs/teeth.md has the table; to measure it anew:
// WRITE_TEETH=1 npx vitest run property-tests/teeth.test.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explore, type Scenario } from '../src/sim/index.ts';
import { BROKEN, LOOKED_AT, NOT_LOOKED_AT } from './support/broken/index.ts';
import { find, measureRow, SCHEDULES_MAX, TABLE_HEAD } from './support/teeth.ts';

const PAGE = new URL('../docs/teeth.md', import.meta.url);
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const TIMEOUT_MS = 600_000;

// It writes a file, and takes minutes: only when asked for.
test.runIf(process.env.WRITE_TEETH !== undefined)(
  'docs/teeth.md is measured anew',
  () => {
    const page = readFileSync(PAGE, 'utf8');
    const rows = [...TABLE_HEAD, ...BROKEN.map(measureRow)];
    writeFileSync(PAGE, page.replace(/\| service \|[\s\S]*?\n\n/, `${rows.join('\n')}\n\n`));
  },
  TIMEOUT_MS,
);

test.each([...BROKEN, ...LOOKED_AT, ...NOT_LOOKED_AT].map((service) => [service.name, service] as const))(
  'the portfolio finds %s',
  (_name, service) => {
    const { schedules } = find(service, 'portfolio');
    expect(schedules).not.toBeNull();
    expect(schedules).toBeLessThanOrEqual(SCHEDULES_MAX);
  },
);

test('pct finds the ordering and starvation group in fewer schedules than plain random', () => {
  // The sum of logarithms: a service that takes ten times as long counts the same, whichever it is.
  const total = (method: 'pct' | 'random'): number =>
    BROKEN.filter(({ group }) => group === 'ordering' || group === 'starvation')
      .flatMap((service) => SEEDS.map((seed) => find(service, method, seed).schedules ?? SCHEDULES_MAX))
      .reduce((sum, schedules) => sum + Math.log(schedules), 0);
  expect(total('pct')).toBeLessThan(total('random'));
});

test('docs/teeth.md has a row for each broken service', () => {
  const rows = readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => /^\| (echo|forward): /.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, name, group, mistake]) => ({ name, group, mistake }))).toEqual(
    BROKEN.map(({ name, group, mistake }) => ({ name, group, mistake })),
  );
  for (const cells of rows) expect(cells.slice(4, -1).every((cell) => cell !== '')).toBe(true);
});

test('a canary that fails in one of a hundred schedules is reported', () => {
  const canary: Scenario = {
    name: 'canary',
    setup(sim) {
      sim.always('the canary lives', () => true);
      const choice = sim.decide('canary', 100);
      sim.eventually('the canary lives to the end', () => choice !== 99);
    },
  };
  const report = explore(canary);
  expect(report.failure?.law).toBe('the canary lives to the end');
});
