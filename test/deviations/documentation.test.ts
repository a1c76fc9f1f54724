// docs/asyncore.md may only claim what a test shows.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

const sources = ['test/', 'property-tests/']
  .flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => new URL(folder + name, root)),
  )
  .filter((url) => url.href !== import.meta.url)
  .map((url) => readFileSync(url, 'utf8'));

interface Row {
  readonly id: string;
  readonly tests: string;
}

const rows: Row[] = readFileSync(new URL('docs/asyncore.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| [CE]\d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map((cells) => ({ id: cells[1], tests: cells.at(-2) ?? '' }));

test('the tables have E1 to E13 and C1 to C36, each once', () => {
  const expected = [
    ...Array.from({ length: 13 }, (_, index) => `E${index + 1}`),
    ...Array.from({ length: 36 }, (_, index) => `C${index + 1}`),
  ];
  expect(rows.map(({ id }) => id)).toEqual(expected);
});

test.each(rows)('$id names tests that exist, or says why there is none', ({ id, tests }) => {
  const titles = [...tests.matchAll(/`([^`]+)`/g)].map(([, title]) => title);
  if (titles.length === 0) {
    expect(tests).toMatch(/^none: ./);
    expect(id).toMatch(/^C/);
  }
  for (const title of titles) {
    expect(
      sources.some((source) => source.includes(`'${title}'`)),
      `no test has the title '${title}'`,
    ).toBe(true);
  }
});
