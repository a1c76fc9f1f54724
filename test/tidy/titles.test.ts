// The title of a test is a sentence in the present: the list of titles reads as the documentation.
import { expect, test } from 'vitest';
import { type Complaint, placeOf, readSources, type Source, sourceOf } from './support/source.ts';

const TITLE = /\b(?:test|it)(?:\.\w+)*\(\s*$/;

function complainOfTitles(source: Source): Complaint[] {
  return source.prose.flatMap((part) => {
    if (part.kind !== 'string' || !TITLE.test(source.code.slice(0, part.index - 1))) return [];
    const word = /\b(should|works?|correctly|properly)\b/i.exec(part.text)?.[0];
    if (word === undefined) return [];
    return [
      `${placeOf(source, part.index)}: "${word}" in a title is banned, say what happens in the present`,
    ];
  });
}

test('titles say what happens', () => {
  expect(readSources('test', 'property-tests', 'examples').flatMap(complainOfTitles)).toEqual([]);
});

test('a title that says what ought to happen is named', () => {
  const title = ['echo', 'should', 'return what was sent'].join(' ');
  expect(complainOfTitles(sourceOf('test/a.test.ts', `test('${title}', () => {});`))).toEqual([
    'test/a.test.ts:1: "should" in a title is banned, say what happens in the present',
  ]);
});
