// One body, every backend: what a program observes of a transport is the same in the simulation and on the kernel.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BACKENDS } from './backends.ts';
import { BEHAVIOURS } from './behaviours/index.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';

const ROOT = new URL('../../', import.meta.url);

const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

const CASES = KNOWN_DIFFERENCES.flatMap(({ cases }) => cases);

for (const [backend, run] of Object.entries(BACKENDS)) {
  describe(backend, () => {
    for (const behaviour of BEHAVIOURS) {
      const difference = CASES.find(
        ({ title, backends }) => title === behaviour.title && backends.includes(backend),
      );
      test(behaviour.title, async () => {
        expect(await run(behaviour)).toEqual((difference ?? behaviour).expected);
      });
    }
  });
}

describe('the known differences', () => {
  test('each case names a behaviour of the contract, its backends, and what they see that others do not', () => {
    for (const { title, backends, expected } of CASES) {
      const behaviour = BEHAVIOURS.find((candidate) => candidate.title === title);
      expect(behaviour?.expected, title).toBeDefined();
      expect(behaviour!.expected).not.toEqual(expected);
      expect(Object.keys(BACKENDS)).toEqual(expect.arrayContaining([...backends]));
    }
  });

  test('each shows in a behaviour, or in a file that names its key', () => {
    for (const { key, cases, files } of KNOWN_DIFFERENCES) {
      expect(cases.length + files.length, key).toBeGreaterThan(0);
      for (const file of files) expect(read(file), `${file} says nothing of ${key}`).toContain(`'${key}'`);
    }
  });

  test('docs/known-differences.md explains these, and no others', () => {
    const keys = [...read('docs/known-differences.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(
      ([, key]) => key,
    );
    expect(keys.sort()).toEqual(KNOWN_DIFFERENCES.map(({ key }) => key).sort());
  });
});

test('the contract has at least 150 behaviours, no two of one title', () => {
  const titles = BEHAVIOURS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.length).toBeGreaterThanOrEqual(150);
});
