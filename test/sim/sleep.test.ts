import { describe, expect, test } from 'vitest';
import { echoScenario } from '../../src/harness/scenarios/echo.ts';
import { type ExploreOptions, explore, type Scenario, type Simulation } from '../../src/sim/index.ts';

/** What each program saw, for every schedule explored. */
function observations(
  scenario: (seen: (sim: Simulation, text: () => string) => void) => Scenario,
  options: ExploreOptions,
) {
  const found = new Set<string>();
  let tell = (): string => '';
  const made = scenario((_sim, text) => {
    tell = text;
  });
  const report = explore(made, {
    method: 'exhaustive',
    ...options,
    onRun: (run) => !run.isPruned && found.add(tell()),
  });
  return { found: [...found].sort(), report };
}

/** Three hosts that never meet, each with two timers: everything of one commutes with everything of the others. */
const timers = (seen: (sim: Simulation, text: () => string) => void): Scenario => ({
  name: 'three-hosts',
  families: ['order'],
  setup(sim) {
    const fired = ['a', 'b', 'c'].map((name) => {
      const names: string[] = [];
      const { reactor } = sim.host(name);
      reactor.callLater(0, () => names.push('first'));
      reactor.callLater(0, () => names.push('second'));
      return names;
    });
    seen(sim, () => fired.map((names) => names.join()).join('|'));
  },
});

const echo = (seen: (sim: Simulation, text: () => string) => void): Scenario => {
  const scenario = echoScenario({
    name: 'echo-1x1',
    connections: 1,
    bytes: 2,
    families: ['order', 'split', 'end'],
  });
  return {
    ...scenario,
    setup(sim) {
      scenario.setup(sim);
      seen(sim, () => [...sim.host('client-1').reactor.channels()].join());
    },
  };
};

describe('sleep sets', () => {
  test('hosts that never meet are interleaved once', () => {
    const plain = observations(timers, { merge: false });
    const asleep = observations(timers, { prune: 'sleep' });
    expect(asleep.report.isComplete && plain.report.isComplete).toBe(true);
    expect(asleep.found).toEqual(plain.found);
    expect([plain.report.schedules, asleep.report.schedules - asleep.report.prunedRuns]).toEqual([90, 1]);
  });

  test('an echo shows every observation that plain enumeration shows', () => {
    const plain = observations(echo, { merge: false });
    const asleep = observations(echo, { prune: 'sleep' });
    expect(asleep.found).toEqual(plain.found);
    expect(asleep.report.schedules).toBeLessThan(plain.report.schedules);
  });
});
