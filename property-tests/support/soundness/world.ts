// Small worlds of actors that fast-check makes: a server, one to three clients, faults planned by hand, laws.
import fc from 'fast-check';
import { Dispatcher, type Endpoint, formatAddress } from '../../../src/core/index.ts';
import type { Family, Host, Scenario, Simulation } from '../../../src/sim/index.ts';
import { type Action, Actor, EVENTS, FilePlayer, play, type Role, type Script, type Stage } from './actor.ts';

const PORT = 1;

/** From so many on nobody begins anything new. */
const ACTORS_MAX = 5;

/** A fault planned by hand. */
interface PlanStep {
  readonly atMs: number;
  readonly kind:
    | 'reset'
    | 'partition'
    | 'repair'
    | 'hold'
    | 'release'
    | 'crash'
    | 'pause'
    | 'lose'
    | 'refuse'
    | 'slow-reader'
    | 'cut';
}

export interface World {
  readonly latencyMs: number;
  readonly windowBytes: number;
  readonly buffers: boolean;
  readonly families: readonly Family[];
  readonly clients: readonly { readonly host: number; readonly role: Role; readonly path: boolean }[];
  readonly server: Role;
  readonly plan: readonly PlanStep[];
  readonly leave: readonly ('crash' | 'pause' | 'partition' | 'idle')[];
  readonly tellsContent: boolean;
  /** What must not come true, over the actors of one host, of two, or of all. */
  readonly law: { readonly on: 'none' | 'server' | 'a' | 'a,b' | 'all'; readonly sum: number };
  /** Whether what clients on two hosts begin is declared separate; only where it is. */
  readonly separate: boolean;
}

const bytes = fc.integer({ min: 1, max: 2 });
const delayMs = fc.constantFrom(0, 1, 2, 5);

const common: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('send' as const), size: bytes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('later' as const), delayMs }) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        'shut' as const,
        'close' as const,
        'abort' as const,
        'done' as const,
        'linger' as const,
        'rest' as const,
        'listen' as const,
        'choose' as const,
        'forget' as const,
      )
      .map((kind) => ({ kind })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('produce' as const), size: bytes }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('until' as const),
      terminator: fc.constantFrom(1, 2, 'b', 'ab', null),
    }),
  },
);

/** What joins connections, or goes beyond the network. */
const joining: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom('poke' as const, 'dial' as const).map((kind) => ({ kind })),
  fc.record({
    kind: fc.constantFrom('file' as const, 'pipe' as const),
    size: fc.integer({ min: 0, max: 2 }),
  }),
);

function script(joins: boolean): fc.Arbitrary<Script> {
  const action = joins
    ? fc.oneof({ weight: 5, arbitrary: common }, { weight: 1, arbitrary: joining })
    : common;
  const reactions = fc.array(fc.array(action, { minLength: 1, maxLength: 2 }), { maxLength: 2 });
  return fc.record(Object.fromEntries(EVENTS.map((event) => [event, reactions])), { requiredKeys: [] });
}

function role(joins: boolean): fc.Arbitrary<Role> {
  return fc.record({
    base: fc.constantFrom('dispatcher' as const, 'with-send' as const, 'chat' as const),
    readSize: fc.constantFrom(1, 2, 16),
    script: script(joins),
  });
}

/** Who talks first, or nothing happens: a client's script begins with bytes. */
function clientRole(joins: boolean): fc.Arbitrary<Role> {
  return fc.tuple(role(joins), bytes).map(([made, size]) => ({
    ...made,
    script: {
      ...made.script,
      connect: [[{ kind: 'send' as const, size }, ...(made.script.connect?.[0] ?? [])]],
    },
  }));
}

const FAMILIES: readonly Family[] = [
  'order',
  'ready',
  'split',
  'coalesce',
  'end',
  'short-send',
  'short-read',
  'stall',
  'reset',
  'close',
  'refuse',
  'disk',
];

const plan: fc.Arbitrary<PlanStep> = fc.record({
  atMs: fc.integer({ min: 0, max: 8 }),
  kind: fc.constantFrom(
    'reset' as const,
    'partition' as const,
    'repair' as const,
    'hold' as const,
    'release' as const,
    'crash' as const,
    'pause' as const,
    'lose' as const,
    'refuse' as const,
    'slow-reader' as const,
    'cut' as const,
  ),
});

function worldsWith(kind: 'joined' | 'planned' | 'separate'): fc.Arbitrary<World> {
  const joins = kind !== 'separate';
  const isPlanned = kind === 'planned';
  return fc.record({
    latencyMs: kind === 'separate' ? fc.constant(0) : fc.constantFrom(0, 0, 1),
    windowBytes: fc.constantFrom(1, 2, 64),
    buffers: fc.boolean(),
    families: fc.subarray([...FAMILIES], { minLength: 1, maxLength: 4 }),
    clients: fc.array(
      fc.record({
        host: fc.nat(1),
        role: clientRole(joins),
        path: joins ? fc.boolean() : fc.constant(false),
      }),
      { minLength: kind === 'separate' ? 2 : 1, maxLength: 2 },
    ),
    server: role(joins),
    plan: isPlanned ? fc.array(plan, { maxLength: 3 }) : fc.constant([]),
    leave: isPlanned
      ? fc.subarray(['crash', 'pause', 'partition', 'idle'] as const, { maxLength: 2 })
      : fc.constant([]),
    tellsContent: fc.boolean(),
    law: fc.record({
      on: fc.constantFrom('none' as const, 'server' as const, 'a' as const, 'a,b' as const, 'all' as const),
      sum: fc.integer({ min: 1, max: 5 }),
    }),
    separate: fc.constant(kind === 'separate'),
  });
}

export const joined = worldsWith('joined');
export const planned = worldsWith('planned');
export const separate = worldsWith('separate');

class Door extends Dispatcher {
  private readonly open: (endpoint: Endpoint) => void;
  readonly connectionsAreIndependent: boolean;

  constructor(
    host: Host,
    address: { path: string } | { host: string; port: number },
    open: (endpoint: Endpoint) => void,
    isIndependent: boolean,
  ) {
    super(host.reactor);
    this.open = open;
    this.connectionsAreIndependent = isIndependent;
    this.bind(address);
    this.listen(2);
  }

  override handleAccepted(endpoint: Endpoint): void {
    this.open(endpoint);
  }

  override handleClose(): void {}

  fingerprint(): string {
    return '';
  }
}

/** Whether what two connections to the server do never touches the other: its script names nothing that joins. */
function isIndependent({ server, clients, leave: leaves }: World): boolean {
  const kinds = [server, ...clients.map((client) => client.role)].flatMap(({ script: said }) =>
    Object.values(said).flatMap((reactions) => reactions.flat().map((action) => action.kind)),
  );
  return leaves.length === 0 && !kinds.some((kind) => ['poke', 'dial', 'file', 'pipe'].includes(kind));
}

/** Whom it serves: the states of two that serve others must not be taken for each other's. */
function nameFor({ remoteAddress }: Endpoint, count: number): string {
  return remoteAddress !== null && 'host' in remoteAddress
    ? `for ${formatAddress(remoteAddress)}`
    : `${count}th`;
}

/** What a run of a world came to. */
export type Watch = (actors: readonly Actor[]) => void;

export function scenarioOf(world: World, watch: Watch): Scenario {
  return {
    name: 'world',
    families: [...world.families, ...world.leave],
    limits: { stall: 1, reset: 1, close: 1, refuse: 1, disk: 1, crash: 1, pause: 1, partition: 1, idle: 1 },
    network: {
      latencyMs: world.latencyMs,
      windowBytes: world.windowBytes,
      orderWindowMs: 2,
      buffers: world.buffers ? { sendBytes: 2, receiveBytes: 1 } : undefined,
    },
    run: { maxSteps: 300 },
    setup: (sim) => setUp(world, sim, watch),
  };
}

function setUp(world: World, sim: Simulation, watch: Watch): void {
  const actors: Actor[] = [];
  watch(actors);
  const server = sim.host('server');
  const hosts = ['a', 'b'].map((name) => sim.host(name));
  const stage: Stage = {
    actors,
    tellsContent: world.tellsContent,
    decide: () => sim.decide('choose', 2),
    dial: (from) =>
      void (actors.length < ACTORS_MAX && connect(from.host, from.role, { host: 'server', port: PORT })),
    openFile: (from, size, kind) => {
      const host = sim.host(from.host);
      if (actors.length >= ACTORS_MAX) return;
      if (kind === 'file' && !host.volume.existsSync('/f')) host.volume.writeFileSync('/f', 'xy');
      if (kind === 'file') new FilePlayer(host.reactor, '/f', from, size);
      else {
        const { reader, writer } = host.pipe();
        new Actor(`${from.name}|`, from.host, from.role, stage, play(host.reactor, reader, from.role));
        writer.send(new Uint8Array(size).fill(66));
        writer.close();
      }
    },
  };
  const connect = (host: string, said: Role, to: { path: string } | { host: string; port: number }): void => {
    const actor = new Actor(
      `${host}${actors.length}`,
      host,
      said,
      stage,
      play(sim.host(host).reactor, null, said),
    );
    actor.connect(to);
  };
  const boot = (): void => {
    const accept = (endpoint: Endpoint): void => {
      new Actor(
        nameFor(endpoint, actors.length),
        'server',
        world.server,
        stage,
        play(server.reactor, endpoint, world.server),
      );
    };
    new Door(server, { host: '0.0.0.0', port: PORT }, accept, isIndependent(world));
    if (world.clients.some(({ path }) => path))
      new Door(server, { path: '/s' }, accept, isIndependent(world));
  };
  if (world.leave.includes('crash')) server.mayCrash(boot);
  else boot();
  if (world.leave.includes('pause')) server.mayPause();
  if (world.leave.includes('partition')) sim.network.link('a', 'server').mayPartition();
  if (world.leave.includes('idle')) sim.network.link('a', 'server').mayBreakIdle();
  for (const [index, client] of world.clients.entries()) {
    const host = world.separate ? ['a', 'b'][index] : client.path ? 'server' : ['a', 'b'][client.host];
    connect(host, client.role, client.path ? { path: '/s' } : { host: 'server', port: PORT });
  }
  for (const step of world.plan) sim.at(step.atMs, () => meddle(sim, step.kind, boot));
  if (world.separate) sim.separate(hosts);
  sim.identify(() => actors.map((actor) => actor.stateText()).join('/'));
  lawOf(world, sim, actors);
}

function lawOf({ law }: World, sim: Simulation, actors: readonly Actor[]): void {
  if (law.on === 'none') return;
  const names = law.on === 'all' ? ['server', 'a', 'b'] : law.on.split(',');
  const holds = (): boolean => {
    let sum = 0;
    for (const actor of actors)
      if (names.includes(actor.host)) sum += actor.seenBytes + (actor.hasEnded ? 1 : 0);
    return sum !== law.sum;
  };
  sim.always(
    'the sum is another',
    holds,
    law.on === 'all' ? {} : { reads: names.map((name) => sim.host(name)) },
  );
}

function meddle(sim: Simulation, kind: PlanStep['kind'], boot: () => void): void {
  const link = sim.network.link('a', 'server');
  const server = sim.host('server');
  const plans: Record<PlanStep['kind'], () => unknown> = {
    reset: () => sim.connections[0]?.reset(),
    partition: () => {
      link.partition();
      sim.at(sim.nowMs + 300, () => link.repair());
    },
    repair: () => link.repair(),
    hold: () => {
      link.hold();
      sim.at(sim.nowMs + 10, () => link.release());
    },
    release: () => link.release(),
    crash: () => {
      server.crash();
      sim.at(sim.nowMs + 10, () => server.restart(boot));
    },
    pause: () => {
      server.pause();
      sim.at(sim.nowMs + 10, () => server.resume());
    },
    lose: () => link.loseNext(1),
    refuse: () => link.refuseNext(1),
    'slow-reader': () => server.limitReading({ bytes: 1, everyMs: 2 }),
    cut: () => sim.link('a', 'server').cutAfter({ bytes: 2 }),
  };
  plans[kind]();
}
