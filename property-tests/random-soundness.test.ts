// Merging, sleep sets and separate connections on worlds that nobody has thought of: what they show is what plain
// enumeration shows. SOUNDNESS_WORLDS=10000 SOUNDNESS_SEED=7 tries more of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExploreOptions } from '../src/sim/index.ts';
import { difference, shownBy } from './support/soundness/compare.ts';
import { FOUND } from './support/soundness/found.ts';
import { joined, planned, separate, type World } from './support/soundness/world.ts';

const WORLDS = Number(process.env.SOUNDNESS_WORLDS ?? 15);
const SEED = Number(process.env.SOUNDNESS_SEED ?? 1);
const RUNS_MAX = Number(process.env.SOUNDNESS_RUNS ?? 200);
const TIMEOUT_MS = process.env.SOUNDNESS_WORLDS === undefined ? undefined : 86_400_000;

const PLAIN: ExploreOptions = { method: 'exhaustive', merge: false, prune: 'none' };
const MERGED: ExploreOptions = { method: 'exhaustive', merge: true, prune: 'none' };
const ASLEEP: ExploreOptions = { method: 'exhaustive', merge: false, prune: 'sleep' };
const IN_TURN: ExploreOptions = { method: 'exhaustive', merge: true, prune: 'separate' };

/** Whether a search that leaves schedules out shows all, and nothing else; and counts them, if it counts all. */
function agrees(world: World, options: ExploreOptions): void {
  const plain = shownBy(world, { ...PLAIN, schedules: RUNS_MAX });
  const pruned = shownBy(world, { ...options, schedules: RUNS_MAX });
  if (plain.isEndless || pruned.isEndless) return;
  expect(difference(plain, pruned)).toEqual({ missing: [], extra: [] });
  const countsAll = options.merge === true && options.prune === 'none';
  if (countsAll && plain.isComplete && pruned.isComplete) expect(pruned.covered).toBe(plain.covered);
  if (plain.isComplete || !pruned.isComplete) return;
  const sampled = shownBy(world, { method: 'random', schedules: RUNS_MAX / 4 });
  expect(difference(sampled, pruned).missing).toEqual([]);
}

const CASES: readonly [string, fc.Arbitrary<World>, ExploreOptions][] = [
  ['merging equal states', joined, MERGED],
  ['merging equal states under faults planned by hand', planned, MERGED],
  ['sleep sets', joined, ASLEEP],
  ['sleep sets over separate clients', separate, ASLEEP],
  ['taking separate connections in turn', separate, IN_TURN],
];

test.each(CASES)(
  'for every world, %s shows what plain enumeration shows',
  (_what, worlds, options) => {
    fc.assert(
      fc.property(worlds, (world) => agrees(world, options)),
      { numRuns: WORLDS, seed: SEED },
    );
  },
  TIMEOUT_MS,
);

test.each(FOUND)('merging tells %s', (_what, world) => agrees(world, MERGED));
