import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CPYTHON_TESTS, NOT_APPLICABLE, NOT_ON_BACKEND } from './support/inventory.ts';

const ALL = Object.entries(CPYTHON_TESTS).flatMap(([group, names]) =>
  names.map((name) => `${group}.${name}`),
);

/** `Group.test_name` of every test in this folder: the group is the describe it stands in. */
function portedTests(): Set<string> {
  const found = new Set<string>();
  const folder = new URL('.', import.meta.url);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.ts'))) {
    let group = '';
    for (const line of readFileSync(new URL(file, folder), 'utf8').split('\n')) {
      group = /^describe.*\('([A-Za-z]+)/.exec(line)?.[1] ?? group;
      const name = /'(test_\w+): /.exec(line)?.[1];
      if (name !== undefined) found.add(`${group}.${name}`);
    }
  }
  return found;
}

describe('the inventory of CPython’s tests', () => {
  test('it has 45 methods', () => {
    expect(new Set(ALL).size).toBe(45);
  });

  test('each is ported under its name or listed as not applicable, and never both', () => {
    const ported = portedTests();
    const listed = Object.keys(NOT_APPLICABLE);
    expect([...ported, ...listed].sort()).toEqual([...ALL].sort());
  });

  test('what is missing on a backend is a ported test', () => {
    const ported = portedTests();
    for (const name of Object.keys(NOT_ON_BACKEND)) expect(ported).toContain(name);
  });
});
