// One body, every backend: what a program observes of a transport is the same in the simulation and on the kernel.
import { describe, expect, test } from 'vitest';
import { BACKENDS } from './backends.ts';
import { BEHAVIOURS } from './behaviours/index.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';

for (const [backend, run] of Object.entries(BACKENDS)) {
  describe(backend, () => {
    for (const behaviour of BEHAVIOURS) {
      const difference = KNOWN_DIFFERENCES.find(
        ({ title, backends }) => title === behaviour.title && backends.includes(backend),
      );
      test(behaviour.title, async () => {
        expect(await run(behaviour)).toEqual((difference ?? behaviour).expected);
      });
    }
  });
}

test('every known difference names a behaviour of the contract, its backends and a reason', () => {
  for (const { title, backends, reason } of KNOWN_DIFFERENCES) {
    expect(BEHAVIOURS.map((behaviour) => behaviour.title)).toContain(title);
    expect(Object.keys(BACKENDS)).toEqual(expect.arrayContaining([...backends]));
    expect(reason).not.toBe('');
  }
});

test('no two behaviours of the contract have one title', () => {
  const titles = BEHAVIOURS.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});
