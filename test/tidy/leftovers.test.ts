// What is unfinished, switched off or waiting for somebody does not stay in the repository unseen.
import { expect, test } from 'vitest';
import {
  type Complaint,
  complainOfCode,
  placeOf,
  readSources,
  type Source,
  sourceOf,
} from './support/source.ts';

const EVERYWHERE = ['src', 'test', 'property-tests', 'benchmarks', 'examples'];
const NOTES = /\b(?:TO\x44O|FIX\x4dE|X\x58X|HA\x43K)\b/g;
const SWITCHED_OFF = /\b(?:test|it|describe|suite)(?:\.[a-z]+)*\.(skip|todo|skipIf|runIf|fails)\b|\bxit\b/g;
const ALONE = /\b(?:test|it|describe|suite)(?:\.[a-z]+)*\.only\b/g;

function complainOfNotes(source: Source): Complaint[] {
  return [...source.text.matchAll(NOTES)].map(
    (match) => `${placeOf(source, match.index)}: ${match[0]} is banned here, do it now or open an issue`,
  );
}

/** A reason is a comment on the same line or on the line above. */
function complainOfSkips(source: Source): Complaint[] {
  const lines = source.text.split('\n');
  const off = complainOfCode(
    source,
    SWITCHED_OFF,
    ([, how]) => `.${how} needs its reason in a comment above`,
  );
  const unexplained = off.filter((complaint) => {
    const line = Number(complaint.slice(source.path.length + 1).split(':')[0]) - 1;
    return ![lines[line], lines[line - 1]].some((text) => /\/\/|\*\//.test(text ?? ''));
  });
  return [
    ...unexplained,
    ...complainOfCode(source, ALONE, () => '.only hides the other tests, take it away'),
  ];
}

test('no note says that something is unfinished', () => {
  expect(readSources(...EVERYWHERE).flatMap(complainOfNotes)).toEqual([]);
});

test('no test is switched off without a reason', () => {
  expect(readSources(...EVERYWHERE).flatMap(complainOfSkips)).toEqual([]);
});

test('an unfinished note is named', () => {
  expect(complainOfNotes(sourceOf('src/a.ts', '// TO' + 'DO: later'))).toEqual([
    'src/a.ts:1: TO' + 'DO is banned here, do it now or open an issue',
  ]);
});

test('a skip is named unless a comment gives its reason', () => {
  const text = 'test.skip(a);\n// IPv6 is missing here\ntest.skipIf(!hasIpv6)(b);\ntest.only(c);';
  expect(complainOfSkips(sourceOf('test/a.test.ts', text))).toEqual([
    'test/a.test.ts:1: .skip needs its reason in a comment above',
    'test/a.test.ts:4: .only hides the other tests, take it away',
  ]);
});
