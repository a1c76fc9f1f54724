// Every public call of the simulation with arguments that make no sense: each is refused at the call, by a typed error that says
// what it takes and what it got, and leaves nothing half open.
import { expect, test } from 'vitest';
import { FoulweatherError } from '../../src/core/index.ts';
import {
  Arena,
  explore,
  familiesOf,
  formatReport,
  formatTrace,
  parseReplay,
  pct,
  pos,
  random,
  type Scenario,
  Simulation,
  swarm,
  weatherOf,
} from '../../src/sim/index.ts';

const WRONG = {
  undefined: undefined,
  null: null,
  NaN: Number.NaN,
  '-1': -1,
  '1.5': 1.5,
  '1e-9': 1e-9,
  '0': 0,
  '2 ** 53': 2 ** 53,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '10n': 10n,
  true: true,
  symbol: Symbol('s'),
  '""': '',
  '"7"': '7',
  '"nobody"': 'nobody',
  'with NUL': 'a\0b',
  '{}': {},
  '[]': [],
  function: () => {},
} as const;

type Kind = keyof typeof WRONG;

/** What a call may take of these. */
const NAME: readonly Kind[] = ['"7"', '"nobody"'];
const OBJECT: readonly Kind[] = ['{}', '[]'];
const OPTIONS: readonly Kind[] = ['undefined', ...OBJECT];
const ACTION: readonly Kind[] = ['function'];
const TIME: readonly Kind[] = ['0', '1.5', '1e-9', '2 ** 53'];
const FLAG: readonly Kind[] = ['undefined', 'true'];
const OMITTED: readonly Kind[] = ['undefined', 'null'];

/** Two hosts with a connection between them. */
function makeWorld() {
  const sim = new Simulation();
  const [a, b] = [sim.host('a'), sim.host('b')];
  b.listen({ host: '0.0.0.0', port: 7 });
  const endpoint = a.connect({ host: 'b', port: 7 });
  sim.run({ allowOpen: true });
  return {
    sim,
    a,
    b,
    endpoint,
    link: sim.link('a', 'b'),
    pair: sim.network.link('a', 'b'),
    connection: sim.connections[0],
    naming: sim.network.naming,
  };
}

type World = ReturnType<typeof makeWorld>;

// biome-ignore lint/suspicious/noExplicitAny: what is passed is wrong on purpose.
type Call = (world: World, wrong: any) => unknown;

const scenario = (part: object): Scenario => ({ name: 's', setup: () => {}, ...part }) as Scenario;
const NOTHING = (): void => {};

const CALLS: Readonly<Record<string, readonly [Call, readonly Kind[]]>> = {
  'new Simulation(x)': [(_w, x) => new Simulation(x), OPTIONS],
  'new Simulation({ strategy })': [(_w, x) => new Simulation({ strategy: x }), OMITTED],
  'new Simulation({ decisions })': [(_w, x) => new Simulation({ decisions: x }), ['undefined']],
  'new Simulation({ families })': [(_w, x) => new Simulation({ families: x }), [...OMITTED, '[]']],
  'new Simulation({ latencyMs })': [(_w, x) => new Simulation({ latencyMs: x }), [...OMITTED, '0']],
  'new Simulation({ orderWindowMs })': [
    (_w, x) => new Simulation({ orderWindowMs: x }),
    [...OMITTED, ...TIME],
  ],
  'new Simulation({ windowBytes })': [(_w, x) => new Simulation({ windowBytes: x }), OMITTED],
  'new Simulation({ buffers })': [(_w, x) => new Simulation({ buffers: x }), OPTIONS],
  'new Simulation({ trace })': [(_w, x) => new Simulation({ trace: x }), ['undefined', 'true']],
  'new Simulation({ arena })': [(_w, x) => new Simulation({ arena: x }), ['undefined']],
  'new Simulation({ fingerprints })': [(_w, x) => new Simulation({ fingerprints: x }), ['undefined', 'true']],
  'new Simulation({ log })': [(_w, x) => new Simulation({ log: x }), ['undefined', 'function']],
  'host(x)': [({ sim }, x) => sim.host(x), NAME],
  'host(name, x)': [({ sim }, x) => sim.host('n', x), OPTIONS],
  'host(name, { address })': [({ sim }, x) => sim.host('n', { address: x }), ['undefined']],
  'host(name, { addresses })': [({ sim }, x) => sim.host('n', { addresses: x }), ['undefined']],
  'host(name, { buffers })': [({ sim }, x) => sim.host('n', { buffers: x }), OPTIONS],
  'host(name, { order })': [({ sim }, x) => sim.host('n', { order: x }), [...OMITTED, 'function']],
  'link(x, to)': [({ sim }, x) => sim.link(x, 'b'), []],
  'link(from, x)': [({ sim }, x) => sim.link('a', x), []],
  'network.link(x, to)': [({ sim }, x) => sim.network.link(x, 'b'), []],
  'at(x, action)': [({ sim }, x) => sim.at(x, NOTHING), TIME],
  'at(atMs, x)': [({ sim }, x) => sim.at(5, x), ACTION],
  'decide(x, arity)': [({ sim }, x) => sim.decide(x, 2), NAME],
  'decide(label, x)': [({ sim }, x) => sim.decide('l', x), []],
  'always(x, check)': [({ sim }, x) => sim.always(x, NOTHING), NAME],
  'always(law, x)': [({ sim }, x) => sim.always('l', x), ACTION],
  'always(law, check, x)': [({ sim }, x) => sim.always('l', NOTHING, x), OPTIONS],
  'always(law, check, { reads })': [
    ({ sim }, x) => sim.always('l', NOTHING, { reads: x }),
    [...OMITTED, '[]'],
  ],
  'eventually(x, check)': [({ sim }, x) => sim.eventually(x, NOTHING), NAME],
  'eventually(law, x)': [({ sim }, x) => sim.eventually('l', x), ACTION],
  'sometimes(x)': [({ sim }, x) => sim.sometimes(x), NAME],
  'sometimes(name, x)': [({ sim }, x) => sim.sometimes('m', x), ['undefined', 'true', 'function']],
  'faultCount(x)': [({ sim }, x) => sim.faultCount(x), []],
  'separate(x)': [({ sim }, x) => sim.separate(x), ['[]']],
  'identify(x)': [({ sim }, x) => sim.identify(x), ACTION],
  'run(x)': [({ sim }, x) => sim.run({ allowOpen: true, ...checked(x) }), OPTIONS],
  'run({ untilMs })': [
    ({ sim }, x) => sim.run({ untilMs: x, allowOpen: true }),
    [...OMITTED, ...TIME, 'Infinity'],
  ],
  'run({ maxSteps })': [({ sim }, x) => sim.run({ maxSteps: x, allowOpen: true }), OMITTED],
  'link.latency(x)': [({ link }, x) => link.latency(x), []],
  'link.latency({ delayMsMin })': [({ link }, x) => link.latency({ delayMsMin: x, delayMsMax: 9 }), ['0']],
  'link.latency({ delayMsMax })': [({ link }, x) => link.latency({ delayMsMin: 1, delayMsMax: x }), OMITTED],
  'link.bandwidth(x)': [({ link }, x) => link.bandwidth(x), []],
  'link.bandwidth({ bytesPerSecond })': [
    ({ link }, x) => link.bandwidth({ bytesPerSecond: x }),
    ['Infinity'],
  ],
  'link.burst(x)': [({ link }, x) => link.burst(x), []],
  'link.burst({ everyMs })': [({ link }, x) => link.burst({ everyMs: x }), ['0']],
  'link.unreachable(x)': [({ link }, x) => link.unreachable(x), ['undefined']],
  'link.loseNext(x)': [({ link }, x) => link.loseNext(x), ['0']],
  'link.lose(x)': [({ link }, x) => link.lose(x), ['null']],
  'link.lose({ rate })': [({ link }, x) => link.lose({ rate: x }), ['0', '1e-9']],
  'link.lose({ every })': [({ link }, x) => link.lose({ every: x }), []],
  'link.refuseNext(x)': [({ link }, x) => link.refuseNext(x), ['0']],
  'link.cutAfter(x)': [({ link }, x) => link.cutAfter(x), []],
  'link.cutAfter({ bytes })': [({ link }, x) => link.cutAfter({ bytes: x }), []],
  'link.afterBytes(x, action)': [({ link }, x) => link.afterBytes(x, NOTHING), []],
  'link.afterBytes(bytes, x)': [({ link }, x) => link.afterBytes(1, x), ACTION],
  'link.onConnection(x, action)': [({ link }, x) => link.onConnection(x, NOTHING), ['0']],
  'link.onConnection(index, x)': [({ link }, x) => link.onConnection(0, x), ACTION],
  'link.at(x, action)': [({ link }, x) => link.at(x, NOTHING), TIME],
  'link.at(atMs, x)': [({ link }, x) => link.at(1, x), ACTION],
  'pair.latency(x)': [({ pair }, x) => pair.latency(x), []],
  'pair.bandwidth(x)': [({ pair }, x) => pair.bandwidth(x), []],
  'pair.burst(x)': [({ pair }, x) => pair.burst(x), []],
  'pair.lose(x)': [({ pair }, x) => pair.lose(x), ['null']],
  'pair.cutAfter(x)': [({ pair }, x) => pair.cutAfter(x), []],
  'pair.at(atMs, x)': [({ pair }, x) => pair.at(1, x), ACTION],
  'host.limitReading(x)': [({ a }, x) => a.limitReading(x), ['null']],
  'host.limitReading({ bytes })': [({ a }, x) => a.limitReading({ bytes: x, everyMs: 5 }), ['0']],
  'host.limitReading({ everyMs })': [({ a }, x) => a.limitReading({ bytes: 1, everyMs: x }), []],
  'host.restart(x)': [({ a }, x) => a.restart(x), ['undefined', 'function']],
  'host.mayCrash(x)': [({ a }, x) => a.mayCrash(x), ACTION],
  'host.clock.offsetMs = x': [
    ({ a }, x) => {
      a.clock.offsetMs = x;
    },
    [...TIME, '-1'],
  ],
  'host.clock.setTimer(x, callback)': [({ a }, x) => a.clock.setTimer(x, NOTHING), TIME],
  'host.clock.setTimer(delayMs, x)': [({ a }, x) => a.clock.setTimer(1, x), ACTION],
  'host.connect(x)': [({ a }, x) => a.connect(x), []],
  'host.connect({ host })': [({ a }, x) => a.connect({ host: x, port: 7 }), NAME],
  'host.connect({ port })': [({ a }, x) => a.connect({ host: 'b', port: x }), ['0']],
  'host.connect({ path })': [({ a }, x) => a.connect({ path: x }), NAME],
  'host.connect(remote, x)': [({ a }, x) => a.connect({ host: 'b', port: 7 }, x), OPTIONS],
  'host.connect(remote, { local })': [({ a }, x) => a.connect({ host: 'b', port: 7 }, { local: x }), OPTIONS],
  'host.connect(remote, { local: { host } })': [
    ({ a }, x) => a.connect({ host: 'b', port: 7 }, { local: { host: x } }),
    ['undefined', ...NAME],
  ],
  'host.connect(remote, { local: { port } })': [
    ({ a }, x) => a.connect({ host: 'b', port: 7 }, { local: { port: x } }),
    ['undefined', '0'],
  ],
  'host.connect(remote, { family })': [
    ({ a }, x) => a.connect({ host: 'b', port: 7 }, { family: x }),
    ['undefined', '0'],
  ],
  'host.listen(x)': [({ a }, x) => a.listen(x), []],
  'host.listen({ host })': [({ a }, x) => a.listen({ host: x, port: 8 }), NAME],
  'host.listen({ port })': [({ a }, x) => a.listen({ host: 'a', port: x }), ['0']],
  'host.listen({ path })': [({ a }, x) => a.listen({ path: x }), NAME],
  'host.listen(local, x)': [({ a }, x) => a.listen({ host: 'a', port: 8 }, x), OPTIONS],
  'host.listen(local, { backlog })': [
    ({ a }, x) => a.listen({ host: 'a', port: 8 }, { backlog: x }),
    OMITTED,
  ],
  'host.listen(local, { ipv6Only })': [
    ({ a }, x) => a.listen({ host: '::', port: 8 }, { ipv6Only: x }),
    ['undefined', 'true'],
  ],
  'host.openFile(x)': [({ a }, x) => a.openFile(x), [...NAME, '0']],
  'host.openFile(file, x)': [({ a }, x) => a.openFile('/f', x), OPTIONS],
  'host.openFile(file, { flags })': [({ a }, x) => a.openFile('/f', { flags: x }), ['undefined']],
  'host.makeFifo(x)': [({ a }, x) => a.makeFifo(x), []],
  'host.resolve(x, family, callback)': [({ a }, x) => a.resolve(x, 0, NOTHING), NAME],
  'host.resolve(name, x, callback)': [({ a }, x) => a.resolve('b', x, NOTHING), ['0']],
  'host.resolve(name, family, x)': [({ a }, x) => a.resolve('b', 0, x), ACTION],
  'naming.set(x, addresses)': [({ naming }, x) => naming.set(x, []), NAME],
  'naming.set(name, x)': [({ naming }, x) => naming.set('n', x), ['[]']],
  'naming.delete(x)': [({ naming }, x) => naming.delete(x), NAME],
  'naming.failNext(x, code)': [({ naming }, x) => naming.failNext(x, 'EAI_AGAIN'), NAME],
  'naming.failNext(name, x)': [({ naming }, x) => naming.failNext('n', x), []],
  'naming.failNext(name, code, x)': [
    ({ naming }, x) => naming.failNext('n', 'EAI_AGAIN', x),
    ['undefined', 'Infinity'],
  ],
  'resources.limitDescriptors(x)': [({ a }, x) => a.resources.limitDescriptors(x), ['0', 'Infinity']],
  'resources.failNext(x, code)': [({ a }, x) => a.resources.failNext(x, 'EMFILE'), []],
  'resources.failNext(call, x)': [({ a }, x) => a.resources.failNext('socket', x), []],
  'resources.failNext(call, code, x)': [
    ({ a }, x) => a.resources.failNext('socket', 'EMFILE', x),
    ['undefined'],
  ],
  'resources.limitPorts(x)': [({ a }, x) => a.resources.limitPorts(x), []],
  'resources.limitPorts({ first })': [({ a }, x) => a.resources.limitPorts({ first: x, last: 9 }), []],
  'resources.reservePortsBelow(x)': [({ a }, x) => a.resources.reservePortsBelow(x), ['0']],
  'disk.capacity(x)': [({ a }, x) => a.disk.capacity(x), []],
  'disk.capacity({ bytes })': [({ a }, x) => a.disk.capacity({ bytes: x }), ['0', 'Infinity']],
  'disk.latency(x)': [({ a }, x) => a.disk.latency(x), []],
  'disk.failNext(x, failure)': [({ a }, x) => a.disk.failNext(x, { on: 'read' }), ['0']],
  'disk.failNext(count, x)': [({ a }, x) => a.disk.failNext(1, x), []],
  'disk.failNext(count, { code })': [
    ({ a }, x) => a.disk.failNext(1, { on: 'read', code: x }),
    ['undefined', ...NAME],
  ],
  'connection.cutAfter(x)': [({ connection }, x) => connection.cutAfter(x), []],
  'connection.cutAfter({ bytes })': [({ connection }, x) => connection.cutAfter({ bytes: x }), []],
  'connection.setBuffers(x)': [({ connection }, x) => connection.setBuffers(x), OBJECT],
  'connection.setBuffers({ client })': [({ connection }, x) => connection.setBuffers({ client: x }), OPTIONS],
  'connection.client.limitReading(x)': [({ connection }, x) => connection.client.limitReading(x), ['null']],
  'endpoint.setKeepAlive(x)': [({ endpoint }, x) => endpoint.setKeepAlive?.(x), ['null', ...OBJECT]],
  'endpoint.setKeepAlive({ idleMs })': [
    ({ endpoint }, x) => endpoint.setKeepAlive?.({ idleMs: x }),
    [...OMITTED, ...TIME],
  ],
  'explore(x)': [(_w, x) => explore(x), []],
  'explore(scenario, x)': [(_w, x) => explore(scenario({}), x), OPTIONS],
  'explore(scenario, { seed })': [(_w, x) => explore(scenario({}), { seed: x }), ['undefined', '0', '-1']],
  'explore(scenario, { method })': [(_w, x) => explore(scenario({}), { method: x }), ['undefined']],
  'explore(scenario, { schedules })': [(_w, x) => explore(scenario({}), { schedules: x }), ['undefined']],
  'explore(scenario, { budgetMs })': [
    (_w, x) => explore(scenario({}), { budgetMs: x }),
    ['undefined', ...TIME],
  ],
  'explore(scenario, { deviations })': [
    (_w, x) => explore(scenario({}), { deviations: x }),
    ['undefined', '0'],
  ],
  'explore(scenario, { depth })': [
    (_w, x) => explore(scenario({}), { method: 'pct', depth: x }),
    ['undefined'],
  ],
  'explore(scenario, { prune })': [(_w, x) => explore(scenario({}), { prune: x }), ['undefined']],
  'explore(scenario, { merge })': [(_w, x) => explore(scenario({}), { merge: x }), FLAG],
  'explore(scenario, { tripwires })': [(_w, x) => explore(scenario({}), { tripwires: x }), FLAG],
  'explore(scenario, { keepGoing })': [(_w, x) => explore(scenario({}), { keepGoing: x }), FLAG],
  'explore(scenario, { requireFaults })': [(_w, x) => explore(scenario({}), { requireFaults: x }), FLAG],
  'explore(scenario, { requireSometimes })': [
    (_w, x) => explore(scenario({}), { requireSometimes: x }),
    FLAG,
  ],
  'explore(scenario, { checkDeterminism })': [
    (_w, x) => explore(scenario({}), { checkDeterminism: x }),
    ['undefined', '0', '1e-9'],
  ],
  'explore(scenario, { checkIndependence })': [
    (_w, x) => explore(scenario({}), { checkIndependence: x }),
    ['undefined', '0'],
  ],
  'explore(scenario, { regressions })': [
    (_w, x) => explore(scenario({}), { regressions: x }),
    ['undefined', '[]'],
  ],
  'explore(scenario, { shard })': [(_w, x) => explore(scenario({}), { shard: x }), ['undefined']],
  'explore(scenario, { shard: { index } })': [
    (_w, x) => explore(scenario({}), { shard: { index: x, count: 1 } }),
    ['0'],
  ],
  'explore(scenario, { shard: { count } })': [
    (_w, x) => explore(scenario({}), { shard: { index: 0, count: x } }),
    ['2 ** 53'],
  ],
  'explore(scenario, { now })': [(_w, x) => explore(scenario({}), { now: x }), ['undefined', 'function']],
  'explore(scenario, { onProgress })': [
    (_w, x) => explore(scenario({}), { onProgress: x }),
    ['undefined', 'function'],
  ],
  'explore(scenario, { onRun })': [(_w, x) => explore(scenario({}), { onRun: x }), ['undefined', 'function']],
  'explore(scenario, { isStopped })': [
    (_w, x) => explore(scenario({}), { isStopped: x }),
    ['undefined', 'function'],
  ],
  'explore(scenario, { arena })': [(_w, x) => explore(scenario({}), { arena: x }), ['undefined']],
  'explore({ setup })': [(_w, x) => explore(scenario({ setup: x })), ACTION],
  'explore({ name })': [(_w, x) => explore(scenario({ name: x })), NAME],
  'explore({ families })': [(_w, x) => explore(scenario({ families: x })), ['undefined', '[]']],
  'explore({ limits })': [(_w, x) => explore(scenario({ limits: x })), ['undefined', '{}', '[]']],
  'explore({ limits: { reset } })': [
    (_w, x) => explore(scenario({ limits: { reset: x } })),
    ['undefined', '0'],
  ],
  'explore({ run })': [(_w, x) => explore(scenario({ run: x })), OPTIONS],
  'explore({ network })': [(_w, x) => explore(scenario({ network: x })), OPTIONS],
  'formatReport(x)': [(_w, x) => formatReport(x), []],
  'formatTrace(x)': [(_w, x) => formatTrace(x), ['[]']],
  'parseReplay(x)': [(_w, x) => parseReplay(x), []],
  'random(x)': [(_w, x) => random(x), ['0', '-1']],
  'random(seed, x)': [(_w, x) => random(1, x), OPTIONS],
  'pct(x)': [(_w, x) => pct(x, 2), ['0', '-1']],
  'pct(seed, x)': [(_w, x) => pct(1, x), []],
  'pos(x)': [(_w, x) => pos(x), ['0', '-1']],
  'swarm(x)': [(_w, x) => swarm(x), ['0', '-1']],
  'weatherOf(x)': [(_w, x) => weatherOf(x), OBJECT],
  'familiesOf(x)': [(_w, x) => familiesOf(x), OBJECT],
  'new Arena(x)': [(_w, x) => new Arena(x), ['undefined', '0']],
};

/** The argument of `run`, which is refused as it is. */
function checked(x: object): object {
  if (typeof x === 'object' && x !== null) return x;
  new Simulation().run(x);
  return {};
}

/** What is there: hosts, what they hold and listen on. */
const inventory = ({ sim }: World): string =>
  sim.hosts.map((host) => `${host.name} ${host.openEndpoints.size} ${host.listeners.length}`).join();

/** What a call throws, if anything, and what it leaves behind. */
function attempt(call: Call, kind: Kind): { readonly thrown: unknown; readonly isUnchanged: boolean } {
  const world = makeWorld();
  const before = inventory(world);
  let thrown: unknown = null;
  try {
    call(world, WRONG[kind]);
  } catch (error) {
    thrown = error;
  }
  return { thrown, isUnchanged: inventory(world) === before };
}

const KINDS = Object.keys(WRONG) as Kind[];

test.each(Object.entries(CALLS))(
  '%s refuses what makes no sense by a typed error, before anything has changed',
  (_name, [call, taken]) => {
    for (const kind of KINDS) {
      const { thrown, isUnchanged } = attempt(call, kind);
      if (taken.includes(kind)) {
        expect(thrown, kind).not.toBeInstanceOf(TypeError);
        continue;
      }
      expect(thrown, kind).toBeInstanceOf(FoulweatherError);
      const { code, message } = thrown as FoulweatherError;
      expect(code, kind).toMatch(/^ERR_/);
      expect(message.length, kind).toBeGreaterThan(15);
      expect(isUnchanged, kind).toBe(true);
    }
  },
);
