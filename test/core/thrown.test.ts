import { describe, expect, test } from 'vitest';
import { stackOf, tellThrown } from '../../src/core/thrown.ts';

const unreadable = (key: 'message' | 'name' | 'stack'): Error =>
  Object.defineProperty(new Error('fine'), key, {
    get(): never {
      throw new Error('not to be read');
    },
  });

const trap = (): never => {
  throw new Error('not to be touched');
};

describe('what was thrown, in words', () => {
  test.each<[what: string, thrown: unknown, text: string]>([
    ['an error', new TypeError('no such port'), 'TypeError: no such port'],
    ['a frozen error', Object.freeze(new Error('cold')), 'Error: cold'],
    ['text', 'just text', 'just text'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object', { code: 'E', detail: 3 }, '{ code: "E", detail: 3 }'],
    ['an object of no class', Object.create(null), '{  }'],
    ['an object with a text of its own', { toString: () => 'mine' }, 'mine'],
    ['an error with a cause', new Error('outer', { cause: 'inner' }), 'Error: outer\ncaused by inner'],
    [
      'several errors in one',
      new AggregateError([new Error('a'), 'b'], 'both'),
      'AggregateError: both\nof these: Error: a\nof these: b',
    ],
  ])('%s', (_what, thrown, text) => {
    expect(tellThrown(thrown)).toBe(text);
  });

  test.each([
    ['a message', unreadable('message')],
    ['a name', unreadable('name')],
    ['a proxy', new Proxy({}, { get: trap, getPrototypeOf: trap })],
  ])('%s that cannot be read is told as such', (_what, thrown) => {
    expect(tellThrown(thrown)).toBe('an object was thrown that cannot be read: its fields throw');
  });

  test('causes in a circle come to an end', () => {
    const error = new Error('round');
    error.cause = error;
    expect(tellThrown(error).split('\n')).toHaveLength(5);
  });

  test('a stack that cannot be read is none', () => {
    expect([stackOf(unreadable('stack')), stackOf(null), stackOf('text')]).toEqual(['', '', '']);
  });
});
