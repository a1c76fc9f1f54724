// Every error has a class and a code (docs/glossary.md, "error"): a caller can tell what happened without reading prose.
import { expect, test } from 'vitest';
import {
  type Complaint,
  complainOfCode,
  type Exception,
  exceptFor,
  readSources,
  type Source,
  sourceOf,
} from './support/source.ts';

const EXCEPTIONS: readonly Exception[] = [];

function complainOfErrors(source: Source): Complaint[] {
  return complainOfCode(
    source,
    /\bthrow new (Error|TypeError|RangeError)\(/g,
    ([, name]) =>
      `a bare ${name} is banned here, throw an ArgumentError, StateError or TransportError with its code`,
  );
}

test('src throws no error without a code', () => {
  expect(exceptFor(readSources('src').flatMap(complainOfErrors), EXCEPTIONS)).toEqual([]);
});

test('a bare error is named with its replacement', () => {
  expect(complainOfErrors(sourceOf('src/sim/a.ts', "throw new Error('no');"))).toEqual([
    'src/sim/a.ts:1: a bare Error is banned here, throw an ArgumentError, StateError or TransportError with its code',
  ]);
});
