// docs/tcp.md says which test shows what of TCP: each of them must be there.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

const ROWS = [...read('docs/tcp.md').matchAll(/^\| (?!what \| tests)(.+) \| (\[.+) \|$/gm)].map(
  ([, what, tests]) => ({
    what,
    tests: tests.split('<br>'),
  }),
);

test('every part of the page has rows', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(50);
});

test.each(ROWS)('$what: each test is there', ({ tests }) => {
  for (const text of tests) {
    const [, file, title] = /^\[[^\]]+\]\(\.\.\/(.+?)\): (.+)$/.exec(text) ?? [];
    expect(file, text).toBeDefined();
    const source = read(file);
    const isThere = ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
    expect(isThere, `${file} has no test "${title}"`).toBe(true);
  }
});
