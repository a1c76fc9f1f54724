// The shipped services declare that their connections are independent, and searches leave orders out because of it. Here the
// declaration is checked by what it means: pairs of steps of two connections are swapped, and nothing may show it.
import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../src/core/index.ts';
import { echoScenario, forwarderScenario, shipped } from '../src/harness/scenarios/index.ts';
import { checkIndependence, explore, type Scenario } from '../src/sim/index.ts';
import { BROKEN, type BrokenService } from './support/broken/index.ts';

const PORT = 7;

/** Few bytes fit, and clients read one at a time: services wait to send, and stop reading. */
const TIGHT = { connections: 2, windowBytes: 2, readSizeBytes: 1 };

const MANY: readonly Scenario[] = [
  ...shipped.map(({ scenario }) => scenario).filter(({ name }) => !/-1x/.test(name)),
  echoScenario({ ...TIGHT, name: 'echo-tight', bytes: 9 }),
  forwarderScenario({ ...TIGHT, name: 'forward-tight', bytesUp: 9, bytesDown: 9 }),
];

describe.each(MANY)('$name', (scenario) => {
  test('for every pair that was swapped, states and observations are equal', () => {
    const report = checkIndependence(scenario, { runs: 40 });
    expect(report.failure?.message).toBe(undefined);
    expect(report.pairs).toBeGreaterThan(100);
    expect(report.hosts).toEqual(scenario.name.startsWith('echo') ? ['server'] : ['forwarder', 'remote']);
  });
});

function scenarioOf(broken: BrokenService): Scenario {
  if (broken.kind === 'echo') {
    const { make } = broken;
    const local = { host: '0.0.0.0', port: PORT };
    return echoScenario({
      ...TIGHT,
      name: 'echo-tight',
      bytes: 9,
      serve: (sim) => void make(sim.host('server').reactor, local),
    });
  }
  const { make } = broken;
  const addresses = { local: { host: '0.0.0.0', port: 80 }, remote: { host: 'remote', port: 9 } };
  return forwarderScenario({
    ...TIGHT,
    name: 'forward-tight',
    bytesUp: 9,
    bytesDown: 9,
    serve: (sim) => void make(sim.host('forwarder').reactor, addresses),
  });
}

/** They inherit the declaration from the shipped services, and what they do wrong is that connections share something. */
const SHARING: readonly string[] = [
  'echo: accepts go first',
  'echo: evicts the quiet',
  'echo: loses a turn',
  'echo: one at a time',
  'echo: shares its queue',
  'echo: a slot is lost on reset',
  'echo: two drains are one',
  'forward: mixes up connections',
  'forward: one failure ends all',
  'forward: one pending connect',
];

/** Some of those whose mistake each connection makes by itself; the last three have timers. */
const APART: readonly string[] = [
  'echo: drops the rest',
  'echo: writes after close',
  'forward: forgets the half-close',
  'echo: small pieces wait',
  'echo: late bytes miss the timer',
  'forward: ends after a moment',
];

describe('of the broken services', () => {
  const library = new Map(BROKEN.map((broken) => [broken.name, broken]));

  test.each(SHARING)('%s is told to share something', (name) => {
    expect(checkIndependence(scenarioOf(library.get(name)!)).failure).not.toBe(null);
  });

  test.each(APART)('%s is not', (name) => {
    const { failure, pairs } = checkIndependence(scenarioOf(library.get(name)!), { runs: 30 });
    expect(failure).toBe(null);
    expect(pairs).toBeGreaterThan(50);
  });
});

/** Sends what it receives to whoever was served last: its connections share that, and it says they do not. */
class Mixer extends Dispatcher {
  private readonly shared: { last: Mixer | null };

  constructor(reactor: Dispatcher['reactor'], endpoint: Endpoint | null, shared: { last: Mixer | null }) {
    super(reactor, endpoint);
    this.shared = shared;
  }

  get connectionsAreIndependent(): boolean {
    return true;
  }

  override handleAccepted(endpoint: Endpoint): void {
    new Mixer(this.reactor, endpoint, this.shared);
  }

  override handleRead(): void {
    const data = this.recv(64);
    if (!isBytes(data)) return;
    const { last } = this.shared;
    this.shared.last = this;
    if (last !== null && !last.closed) last.send(data);
  }

  override handleEnd(): void {
    this.close();
  }
}

class Talker extends Dispatcher {
  override handleConnect(): void {
    this.send(new TextEncoder().encode('hello'));
    this.shutdownWrite();
  }

  override handleRead(): void {
    this.recv(64);
  }

  override handleEnd(): void {
    this.close();
  }
}

const mixing: Scenario = {
  name: 'mixing',
  setup(sim) {
    const mixer = new Mixer(sim.host('mixer').reactor, null, { last: null });
    mixer.bind({ host: '0.0.0.0', port: PORT });
    mixer.listen();
    for (const name of ['ann', 'bob'])
      new Talker(sim.host(name).reactor).connect({ host: 'mixer', port: PORT });
  },
};

describe('a service without fingerprints that lies', () => {
  test('is told by what it sends', () => {
    const { failure, orders } = checkIndependence(mixing);
    expect(failure?.law).toBe('connections declared independent do not touch each other');
    expect(failure?.message).toContain('host mixer declares its connections independent');
    expect(failure?.message).toMatch(/data "\w+" from (ann|bob) → mixer/);
    expect(orders).toHaveLength(2);
  });

  test('has no pair where it declares nothing', () => {
    class Honest extends Mixer {
      override get connectionsAreIndependent(): boolean {
        return false;
      }
    }
    const scenario: Scenario = {
      ...mixing,
      setup(sim) {
        const mixer = new Honest(sim.host('mixer').reactor, null, { last: null });
        mixer.bind({ host: '0.0.0.0', port: PORT });
        mixer.listen();
        for (const name of ['ann', 'bob'])
          new Talker(sim.host(name).reactor).connect({ host: 'mixer', port: PORT });
      },
    };
    expect(checkIndependence(scenario)).toMatchObject({ pairs: 0, hosts: [], failure: null });
  });

  test('is told by the search that leaves orders out because of it', () => {
    const separated: Scenario = {
      ...mixing,
      families: ['order'],
      network: { latencyMs: 0 },
      setup(sim) {
        mixing.setup(sim);
        sim.separate(['ann', 'bob'].map((name) => sim.host(name)));
      },
    };
    const report = explore(separated, {
      method: 'exhaustive',
      merge: false,
      prune: 'separate',
      schedules: 500,
    });
    expect(report.isComplete).toBe(false);
    expect(report.failure?.law).toBe('connections declared independent do not touch each other');
    const trusting = explore(separated, {
      method: 'exhaustive',
      merge: false,
      prune: 'separate',
      checkIndependence: 0,
      schedules: 50,
    });
    expect(trusting.failure?.law).not.toBe('connections declared independent do not touch each other');
  });
});
