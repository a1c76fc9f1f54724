// STYLE section 4: time, waiting and chance have one door each.
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

const DETERMINISTIC = ['src/core', 'src/sim', 'src/services', 'src/net'];

/** What is banned, and what to use instead. */
const REPLACEMENTS: readonly (readonly [pattern: string, replacement: string])[] = [
  ['Date', 'clock.now()'],
  ['performance', 'clock.now()'],
  ['process\\.hrtime', 'clock.now()'],
  ['setTimeout', 'clock.setTimer()'],
  ['setInterval', 'reactor.callEvery()'],
  ['setImmediate', 'clock.setTimer(0, …)'],
  ['Math\\.random', 'decide(label, arity)'],
  ['crypto', 'decide(label, arity)'],
  [
    'Math\\.(?:exp|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|cbrt|hypot)',
    'whole numbers or a table',
  ],
];

const EXCEPTIONS: readonly Exception[] = [];

function complainOfNondeterminism(source: Source): Complaint[] {
  return REPLACEMENTS.flatMap(([banned, replacement]) =>
    complainOfCode(
      source,
      new RegExp(
        `(?<![.\\w$#])(?:globalThis\\.)?${banned}\\b(?!\\s*\\??:|\\([^\\n]*\\)\\s*(?::[^\\n]*)?\\{)`,
        'g',
      ),
      (match) => `${match[0]} is banned here, use ${replacement}`,
    ),
  );
}

test('core, sim, services and net have no clock and no chance of their own', () => {
  const complaints = readSources(...DETERMINISTIC).flatMap(complainOfNondeterminism);
  expect(exceptFor(complaints, EXCEPTIONS)).toEqual([]);
});

test('a wall clock is named with its replacement', () => {
  expect(complainOfNondeterminism(sourceOf('src/sim/link.ts', '\nconst atMs = Date.now();'))).toEqual([
    'src/sim/link.ts:2: Date is banned here, use clock.now()',
  ]);
});

test('a real timer and a random number are named', () => {
  const text = 'setTimeout(run, 1 + Math.random());';
  expect(complainOfNondeterminism(sourceOf('src/net/socket.ts', text))).toEqual([
    'src/net/socket.ts:1: setTimeout is banned here, use clock.setTimer()',
    'src/net/socket.ts:1: Math.random is banned here, use decide(label, arity)',
  ]);
});

test('arithmetic that depends on the engine is named', () => {
  expect(complainOfNondeterminism(sourceOf('src/sim/a.ts', 'Math.pow(2, 3) + Math.max(1, 2)'))).toEqual([
    'src/sim/a.ts:1: Math.pow is banned here, use whole numbers or a table',
  ]);
});

test('a method of one of our own objects may be called setTimeout', () => {
  const text = 'class Socket { setTimeout(delayMs: number): this { return this; } }\nsocket.setTimeout(5);';
  expect(complainOfNondeterminism(sourceOf('src/net/socket.ts', text))).toEqual([]);
});

test('an exception that nothing needs is named', () => {
  const exception = { place: 'src/sim/a.ts', about: 'Date', reason: 'for this test' };
  expect(exceptFor([], [exception])).toEqual(['src/sim/a.ts: no Date is left here, take the exception away']);
});
