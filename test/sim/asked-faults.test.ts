// A law may ask how often a fault has happened: then states in which it has happened another number of times are not equal.
import { describe, expect, test } from 'vitest';
import { echoScenario } from '../../src/harness/scenarios/index.ts';
import { type ExploreOptions, explore, type Scenario, type Simulation } from '../../src/sim/index.ts';

const echo = echoScenario({
  name: 'echo-that-is-counted',
  connections: 1,
  bytes: 2,
  families: ['split', 'stall'],
  limits: { stall: 1 },
});

function withLaw(scenario: Scenario, holds: (sim: Simulation) => boolean): Scenario {
  return {
    ...scenario,
    setup(sim) {
      scenario.setup(sim);
      sim.eventually('so many faults never meet', () => holds(sim));
    },
  };
}

function found(scenario: Scenario, options: ExploreOptions): boolean {
  return explore(scenario, { method: 'exhaustive', ...options }).failure !== null;
}

describe('a law that asks how often a fault has happened', () => {
  const byFamily = withLaw(echo, (sim) => !(sim.faultCount('split') === 1 && sim.faultCount('stall') === 1));
  const bySum = withLaw(echo, ({ faults }) => !(faults.split === 1 && faults.stall === 1));

  test('is broken by a search that merges equal states', () => {
    expect(found(byFamily, { merge: true })).toBe(true);
  });

  test('is broken too if it asks for all families at once', () => {
    expect(found(bySum, { merge: true })).toBe(true);
  });
});
