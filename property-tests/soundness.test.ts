// "Every schedule" rests on two ways of leaving schedules out: merging equal states, and sleep sets. Sound or off: on
// small scenarios each must show the very outcomes, and break the very laws, that plain enumeration shows and breaks.
import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes } from '../src/core/index.ts';
import { echoScenario, forwarderScenario } from '../src/harness/scenarios/index.ts';
import {
  type BufferOptions,
  type ExploreOptions,
  explore,
  type Run,
  type Scenario,
  type Simulation,
} from '../src/sim/index.ts';
import { startBroken } from './support/broken-for-soundness.ts';

/** The scenario, with faults planned by hand on top. */
function planned(scenario: Scenario, plan: (sim: Simulation) => void): Scenario {
  return {
    ...scenario,
    setup(sim) {
      scenario.setup(sim);
      plan(sim);
    },
  };
}

/** The scenario, with send and receive buffers apart. */
function apart(buffers: BufferOptions, scenario: Scenario): Scenario {
  return { ...scenario, network: { latencyMs: 0, buffers } };
}

/** Families whose every schedule can be listed. */
const PIECES = ['split', 'end', 'coalesce'] as const;

const forward = { connections: 1, bytesUp: 1, bytesDown: 0 };

const SCENARIOS: readonly Scenario[] = [
  echoScenario({ name: 'echo-in-every-order', connections: 1, bytes: 1, families: ['order'] }),
  echoScenario({
    name: 'echo-in-pieces',
    connections: 1,
    bytes: 3,
    families: ['split', 'end', 'coalesce', 'short-send', 'short-read'],
  }),
  echoScenario({
    name: 'echo-reset-anywhere',
    connections: 1,
    bytes: 1,
    families: ['order', 'reset'],
    limits: { reset: 1 },
  }),
  echoScenario({
    name: 'echo-slow-reader',
    connections: 1,
    bytes: 3,
    families: ['split', 'coalesce', 'end', 'reset', 'refuse'],
    windowBytes: 2,
    readSizeBytes: 1,
  }),
  forwarderScenario({
    ...forward,
    name: 'forward-in-pieces',
    bytesUp: 3,
    bytesDown: 2,
    families: ['split', 'end', 'coalesce'],
  }),
  forwarderScenario({
    ...forward,
    name: 'forward-reset',
    bytesUp: 2,
    bytesDown: 1,
    families: ['split', 'reset', 'end'],
  }),
  forwarderScenario({ ...forward, name: 'forward-refused', isRefused: true, families: ['order', 'end'] }),
  forwarderScenario({
    ...forward,
    name: 'forward-half-close',
    bytesUp: 2,
    bytesDown: 2,
    answersAtEnd: true,
    families: ['split', 'close', 'end', 'short-send'],
  }),
  echoScenario({
    name: 'echo-that-closes-too-soon',
    connections: 1,
    bytes: 2,
    families: ['order', 'split'],
    serve: startBroken,
  }),
  echoScenario({
    name: 'echo-two-at-once',
    connections: 2,
    bytes: 1,
    families: ['split', 'end', 'coalesce'],
  }),
  planned(
    echoScenario({
      name: 'echo-held-back',
      connections: 1,
      bytes: 2,
      families: ['split', 'end', 'coalesce'],
    }),
    (sim) => {
      sim.link('client', 'server').afterBytes(1, () => sim.link('server', 'client').hold());
      sim.at(40, () => sim.link('server', 'client').release());
    },
  ),
  planned(
    echoScenario({
      name: 'echo-cut-by-plan',
      connections: 1,
      bytes: 3,
      families: ['split', 'end', 'coalesce'],
    }),
    (sim) => {
      sim.link('server', 'client').cutAfter({ bytes: 2 });
      sim.link('client', 'server').bandwidth({ bytesPerSecond: 1000 }).loseNext(1);
    },
  ),
  planned(
    forwarderScenario({
      ...forward,
      name: 'forward-refused-by-plan',
      families: ['coalesce', 'end', 'split'],
    }),
    (sim) => {
      sim.link('forwarder', 'remote').refuseNext(1);
    },
  ),
  planned(
    echoScenario({ name: 'echo-by-its-second-address', connections: 1, bytes: 2, families: PIECES }),
    (sim) => {
      sim.network.naming.set('server', ['10.9.9.9', sim.host('server').address]);
    },
  ),
  planned(
    echoScenario({ name: 'echo-without-descriptors', connections: 2, bytes: 1, families: PIECES }),
    (sim) => {
      sim.host('server').resources.limitDescriptors(2).failNext('accept', 'ENOBUFS');
    },
  ),
  planned(echoScenario({ name: 'echo-out-of-ports', connections: 2, bytes: 1, families: PIECES }), (sim) => {
    sim.host('client').resources.limitPorts({ first: 4000, last: 4000 }).failNext('socket', 'EMFILE');
  }),
  planned(
    echoScenario({ name: 'echo-crash-and-restart', connections: 1, bytes: 3, families: PIECES }),
    (sim) => {
      sim.at(4, () => sim.host('server').crash());
      sim.at(300, () => sim.host('server').restart());
    },
  ),
  planned(echoScenario({ name: 'echo-paused', connections: 1, bytes: 3, families: PIECES }), (sim) => {
    sim.at(4, () => sim.host('server').pause());
    sim.at(6, () => sim.host('client').pause());
    sim.at(50, () => sim.host('server').resume());
    sim.at(90, () => sim.host('client').resume());
  }),
  planned(echoScenario({ name: 'echo-kept-alive', connections: 1, bytes: 3, families: PIECES }), (sim) => {
    sim.at(3, () => {
      for (const endpoint of sim.host('client').openEndpoints)
        endpoint.setKeepAlive({ idleMs: 50, intervalMs: 10, count: 2 });
    });
    sim.at(5, () => sim.link('server', 'client').partition());
    sim.at(100, () => sim.link('server', 'client').repair());
  }),
  planned(echoScenario({ name: 'echo-read-slowly', connections: 1, bytes: 3, families: PIECES }), (sim) => {
    sim.host('server').limitReading({ bytes: 1, everyMs: 7 });
    sim.at(5, () => sim.host('client').limitReading({ bytes: 0 }));
    sim.at(18, () => sim.host('client').limitReading({ bytes: 2, everyMs: 3 }));
  }),
  planned(echoScenario({ name: 'echo-with-losses', connections: 1, bytes: 3, families: PIECES }), (sim) => {
    sim.link('client', 'server').lose({ every: 3 });
    sim.link('server', 'client').burst({ everyMs: 7 });
  }),
  planned(echoScenario({ name: 'echo-sharing', connections: 2, bytes: 1, families: PIECES }), (sim) => {
    sim.network.link('client', 'server').bandwidth({ bytesPerSecond: 100 }).lose({ rate: 0.3 });
  }),
  apart(
    { sendBytes: 2, receiveBytes: 1 },
    echoScenario({
      name: 'echo-buffers-apart',
      connections: 1,
      bytes: 3,
      families: ['end', 'coalesce', 'short-send', 'reset'],
      limits: { reset: 1 },
    }),
  ),
  apart(
    { sendBytes: 1, receiveBytes: 2 },
    forwarderScenario({
      ...forward,
      name: 'forward-buffers-apart',
      bytesUp: 3,
      bytesDown: 1,
      families: PIECES,
    }),
  ),
  planned(echoScenario({ name: 'echo-unreachable', connections: 1, bytes: 2, families: PIECES }), (sim) => {
    sim.at(4, () => sim.link('client', 'server').unreachable('EHOSTUNREACH'));
  }),
];

/** What every program saw: the last state of each channel that still tells, and the law broken. */
function outcomeOf(run: Run, seen: ReadonlyMap<Simulation, Set<Told>>): string {
  const told = [...(seen.get(run.sim) ?? [])].map((channel) => channel.fingerprint()).sort();
  return `${told.join(' | ')} → ${run.failure?.law ?? 'held'}`;
}

interface Told extends Dispatcher {
  fingerprint(): string;
}

/** The set of outcomes of a search, and how many runs it took. Failures do not end it. */
function outcomes(scenario: Scenario, options: ExploreOptions): { found: string[]; runs: number } {
  const found = new Set<string>();
  const watched = new Map<Simulation, Set<Told>>();
  const silent: Scenario = { ...scenario, setup: (sim) => setupWatched(scenario, sim, watched) };
  const report = explore(silent, {
    method: 'exhaustive',
    ...options,
    keepGoing: true,
    onRun(run) {
      if (!run.isPruned) found.add(outcomeOf(run, watched));
      watched.clear();
    },
  });
  expect(report.isComplete).toBe(options.schedules === undefined);
  return { found: [...found].sort(), runs: report.schedules };
}

/** Collects the channels of all clients and remotes as they are registered, so that closed ones can still tell. */
function setupWatched(scenario: Scenario, sim: Simulation, watched: Map<Simulation, Set<Told>>): void {
  scenario.setup(sim);
  const channels = new Set<Told>();
  watched.set(sim, channels);
  const collect = (): void => {
    for (const host of sim.hosts) {
      if (host.name === 'server' || host.name === 'forwarder') continue;
      for (const channel of host.reactor.channels()) channels.add(channel as unknown as Told);
    }
  };
  // A host registers channels only in its turns: looking whenever an event is taken misses none but of the last turn.
  const { onTaken } = sim;
  sim.onTaken = (event) => {
    onTaken?.(event);
    collect();
  };
  sim.eventually('channels are collected', collect);
}

describe.each(SCENARIOS)('$name', (scenario) => {
  const plain = outcomes(scenario, { merge: false });

  test('merging equal states shows the outcomes of plain enumeration', () => {
    const merged = outcomes(scenario, { merge: true });
    expect(merged.found).toEqual(plain.found);
    expect(merged.runs).toBeLessThanOrEqual(plain.runs);
  });

  test('sleep sets show the outcomes of plain enumeration', () => {
    const asleep = outcomes(scenario, { prune: 'sleep' });
    expect(asleep.found).toEqual(plain.found);
  });
});

const ORDERS = ['order', 'split', 'coalesce', 'end'] as const;

/** Two clients each, in every order. Too many schedules for plain enumeration: compared with merging, proved above. */
const SEPARATE: readonly Scenario[] = [
  echoScenario({ name: 'echo-two', connections: 2, bytes: 2, families: ORDERS }),
  echoScenario({
    name: 'echo-two-reset',
    connections: 2,
    bytes: 1,
    families: [...ORDERS, 'reset'],
    limits: { reset: 1 },
  }),
  echoScenario({
    name: 'echo-two-close',
    connections: 2,
    bytes: 1,
    families: ['order', 'end', 'close'],
    limits: { close: 1 },
  }),
  echoScenario({
    name: 'echo-two-slow',
    connections: 2,
    bytes: 2,
    families: ['order', 'short-send', 'short-read'],
    windowBytes: 1,
    readSizeBytes: 1,
  }),
  echoScenario({ name: 'echo-two-too-soon', connections: 2, bytes: 2, families: ORDERS, serve: startBroken }),
  forwarderScenario({
    ...forward,
    name: 'forward-two-refused',
    connections: 2,
    isRefused: true,
    families: ['order', 'end'],
  }),
];

describe.each(SEPARATE)('$name', (scenario) => {
  test('taking separate connections one after the other shows the outcomes of every order', () => {
    const every = outcomes(scenario, { prune: 'none' });
    const separate = outcomes(scenario, { prune: 'separate' });
    expect(separate.found).toEqual(every.found);
    expect(separate.runs).toBeLessThanOrEqual(every.runs);
  });
});

/** Every order of these is out of reach; what sampling shows must be among what the search shows. */
const WIDE: readonly Scenario[] = [
  forwarderScenario({ ...forward, name: 'forward-two', connections: 2, families: ['order', 'end'] }),
  forwarderScenario({
    ...forward,
    name: 'forward-two-reset',
    connections: 2,
    bytesUp: 0,
    families: ['order', 'reset'],
    limits: { reset: 1 },
  }),
];

describe.each(WIDE)('$name', (scenario) => {
  test('taking separate connections one after the other shows every outcome that sampling shows', () => {
    const separate = new Set(outcomes(scenario, { prune: 'separate' }).found);
    for (const method of ['pct', 'random'] as const) {
      const { found } = outcomes(scenario, { method, schedules: 3000 });
      expect(found.filter((outcome) => !separate.has(outcome))).toEqual([]);
    }
  });
});

/** Notes the order of its clients' bytes. Its fingerprint can leave that out. */
class Recorder extends Dispatcher {
  private readonly order: string[];
  private readonly isHonest: boolean;

  constructor(reactor: Dispatcher['reactor'], endpoint: Endpoint | null, order: string[], isHonest: boolean) {
    super(reactor, endpoint);
    this.order = order;
    this.isHonest = isHonest;
  }

  override handleAccepted(endpoint: Endpoint): void {
    new Recorder(this.reactor, endpoint, this.order, this.isHonest);
  }

  override handleRead(): void {
    const data = this.recv(16);
    if (isBytes(data)) this.order.push(String.fromCharCode(...data));
  }

  override handleEnd(): void {
    this.close();
  }

  /** A lie: its connections share the order. Without `sim.separate` nobody believes it. */
  get connectionsAreIndependent(): boolean {
    return true;
  }

  fingerprint(): string {
    return this.isHonest ? this.order.join() : '';
  }
}

class Sender extends Dispatcher {
  override handleConnect(): void {
    this.send(
      Uint8Array.of(this.reactor.size + Number((this.reactor.transport as unknown as { name: string }).name)),
    );
    this.close();
  }

  fingerprint(): string {
    return '';
  }
}

function recorderOutcomes(isHonest: boolean, merge: boolean, isSeparate = false): string[] {
  const found = new Set<string>();
  let order: string[] = [];
  const scenario: Scenario = {
    name: 'who-comes-first',
    families: ['order'],
    network: { latencyMs: 0 },
    setup(sim) {
      order = [];
      const recorder = new Recorder(sim.host('recorder').reactor, null, order, isHonest);
      recorder.bind({ host: '0.0.0.0', port: 1 });
      recorder.listen();
      for (const name of ['65', '66'])
        new Sender(sim.host(name).reactor).connect({ host: 'recorder', port: 1 });
      sim.identify(() => '');
      if (isSeparate) sim.separate(['65', '66'].map((name) => sim.host(name)));
    },
  };
  const watch = (run: Run): void => {
    if (!run.isPruned) found.add(order.join());
  };
  explore(scenario, { method: 'exhaustive', merge, schedules: merge ? undefined : 60_000, onRun: watch });
  return [...found].sort();
}

describe('a fingerprint', () => {
  test('that tells all shows both orders', () => {
    expect(recorderOutcomes(true, true)).toHaveLength(2);
  });

  test('that leaves a field out is found out by the comparison', () => {
    expect(recorderOutcomes(false, true)).not.toEqual(recorderOutcomes(true, true));
  });
});

describe('a declaration that connections are independent', () => {
  test('that is wrong is found out by the comparison', () => {
    expect(recorderOutcomes(true, true, true)).not.toEqual(recorderOutcomes(true, true, false));
  });
});
