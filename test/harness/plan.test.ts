import { expect, test } from 'vitest';
import { shipped } from '../../src/harness/scenarios/index.ts';
import type { ListedScenario } from '../../src/harness/verify/job.ts';
import { planJobs } from '../../src/harness/verify/plan.ts';

const WHOLE = { index: 0, count: 1 };

function prunes(listed: readonly ListedScenario[], everyOrder: boolean): (string | undefined)[] {
  const settings = { seed: 1, shard: WHOLE, everyOrder };
  return planJobs(listed, [], settings, 2, () => []).map(({ options }) => options.prune);
}

test('orders are left out as a scenario says, and nowhere where every order is asked for', () => {
  const one: ListedScenario = { name: 'one', options: { method: 'exhaustive' } };
  const other: ListedScenario = { name: 'other', options: { method: 'exhaustive', prune: 'sleep' } };
  expect(prunes([one, other], false)).toEqual([undefined, 'sleep']);
  expect(prunes([one, other], true)).toEqual(['none', 'none']);
});

test('of the shipped scenarios, only two tunnels are not searched in every order', () => {
  const pruned = shipped.filter(({ options }) => options.method === 'exhaustive' && options.prune !== 'none');
  expect(pruned.map(({ scenario }) => scenario.name)).toEqual(['forward-2x2-up']);
});
