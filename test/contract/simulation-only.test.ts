// What no kernel on one machine can be asked for is tested in the simulation alone: docs/known-differences.md lists it,
// with where it is known from. Held here: each entry has a source and a test, and nobody who is silent goes unlisted.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** An RFC, a page of the manual, or Node's documentation. */
const SOURCE = /\bRFC \d+\b|\b[a-z][a-z_-]*\([2-8]\)|\bof Node\b/;

const ROWS = [
  ...read('docs/known-differences.md').matchAll(/^\| (.+) \| (.+) \| \[[^\]]+\]\(\.\.\/(.+?)\): (.+) \|$/gm),
].map(([, what, source, file, title]) => ({ what, source, file, title }));

/** The titles of a test file, as far as they are literals. */
function titlesOf(file: string, kinds: string): string[] {
  const title = new RegExp(`^\\s*(?:${kinds})(?:\\.each\\(.*\\))?\\(\\s*(['"])(.*?)\\1,`, 'gm');
  return [...read(file).matchAll(title)].map(([, , text]) => text);
}

test('each has a source that one can look up', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(20);
  expect(ROWS.filter(({ source }) => !SOURCE.test(source))).toEqual([]);
});

test.each(ROWS)('$what: has a test', ({ file, title }) => {
  expect(titlesOf(file, 'test|describe')).toContain(title);
});

test('whatever a silent peer or an unreachable one does is listed', () => {
  const listed = ROWS.filter(({ file }) => file === 'test/sim/silence.test.ts').map(({ title }) => title);
  expect(listed.sort()).toEqual(titlesOf('test/sim/silence.test.ts', 'describe').sort());
});
