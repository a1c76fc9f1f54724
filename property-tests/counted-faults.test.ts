// A law may ask how often faults have struck, which no single host tells: then orders show that a search could leave out.
import { describe, expect, test } from 'vitest';
import { ExchangeClient, echoScenario } from '../src/harness/scenarios/index.ts';
import { EchoServer } from '../src/services/index.ts';
import { type ExploreOptions, explore, type Scenario, type Simulation } from '../src/sim/index.ts';

const PLAIN: ExploreOptions = { merge: false, prune: 'none' };
const MERGED: ExploreOptions = { merge: true, prune: 'none' };
const ASLEEP: ExploreOptions = { merge: false, prune: 'sleep' };
const IN_TURN: ExploreOptions = { merge: true, prune: 'separate' };

const one = echoScenario({ name: 'echo-counted', connections: 1, bytes: 1, families: ['order'] });
const two = echoScenario({ name: 'echo-two-counted', connections: 2, bytes: 0, families: ['order'] });

/** How often another event came first, over all schedules. */
function orderCounts(
  scenario: Scenario,
  options: ExploreOptions,
  ask: (sim: Simulation) => number,
): number[] {
  const found = new Set<number>();
  const { isComplete } = explore(
    {
      ...scenario,
      setup(sim) {
        scenario.setup(sim);
        sim.eventually('it is counted', () => {
          found.add(ask(sim));
          return true;
        });
      },
    },
    { method: 'exhaustive', ...options },
  );
  expect(isComplete).toBe(true);
  return [...found].sort((a, b) => a - b);
}

describe('a law that asks how often another event came first', () => {
  const byFamily = (sim: Simulation): number => sim.faultCount('order');

  test.each([
    ['merging', MERGED, byFamily],
    ['sleep sets', ASLEEP, byFamily],
    ['sleep sets, asked among all', ASLEEP, (sim: Simulation): number => sim.faults.order],
  ])('%s: no number is left out', (_how, options, ask) => {
    const plain = orderCounts(one, PLAIN, ask);
    expect(plain.length).toBeGreaterThan(2);
    expect(orderCounts(one, options, ask)).toEqual(plain);
  });

  test('taking separate connections in turn: no number is left out', () => {
    expect(orderCounts(two, IN_TURN, byFamily)).toEqual(orderCounts(two, MERGED, byFamily));
  });
});

/** The law reads the first client, and asks for faults, which may strike the second: it wants all to be well from then on. */
function firstOfTwo(ask: (sim: Simulation) => boolean): Scenario {
  return {
    name: 'echo-two-asked',
    families: ['order', 'reset'],
    limits: { reset: 1 },
    network: { latencyMs: 0 },
    setup(sim) {
      new EchoServer(sim.host('server').reactor, { host: '0.0.0.0', port: 7 });
      const hosts = ['client-1', 'client-2'].map((name) => sim.host(name));
      const clients = hosts.map(({ reactor }) => new ExchangeClient(reactor, { payload: Uint8Array.of(97) }));
      for (const client of clients) client.connect({ host: 'server', port: 7 });
      sim.separate(hosts);
      let wasEarly = false;
      sim.identify(() => `${wasEarly} ${clients.map((client) => client.fingerprint()).join('/')}`);
      const [client] = clients;
      sim.always(
        'no fault that came early is survived',
        () => {
          if (client.received === '' && ask(sim)) wasEarly = true;
          return !(wasEarly && client.hasSeenEnd);
        },
        { reads: [hosts[0]] },
      );
    },
  };
}

describe('a law that reads one host, and asks what has struck any', () => {
  test.each([
    ['how often', (sim: Simulation): boolean => sim.faultCount('reset') > 0],
    ['whether', (sim: Simulation): boolean => sim.hasKilled],
  ])('%s: is broken by every search', (_what, ask) => {
    const scenario = firstOfTwo(ask);
    const law = (options: ExploreOptions): string | undefined =>
      explore(scenario, { method: 'exhaustive', ...options }).failure?.law;
    expect(law(MERGED)).toBe('no fault that came early is survived');
    expect(law(IN_TURN)).toBe('no fault that came early is survived');
    expect(law(ASLEEP)).toBe('no fault that came early is survived');
  });
});
