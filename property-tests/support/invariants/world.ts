// The worlds in which the invariants F1 to F10 are tried: some clients, a service, and a remote behind a forwarder. All
// of it is generated, and shrinks.
import fc from 'fast-check';
import { Dispatcher, type Endpoint, type Reactor } from '../../../src/core/index.ts';
import type { Family, Scenario, Simulation } from '../../../src/sim/index.ts';
import type { EchoService, ForwardService, Service } from '../broken/service.ts';
import { echoOf, forwardOf, none } from '../broken/variation.ts';
import { Peer, type PeerPlan } from './peer.ts';
import { Watch } from './watch.ts';

export type AnyService = EchoService | ForwardService;

/** The shipped services, as the broken ones are made: with a high water mark that small worlds reach. */
export const SHIPPED = {
  echo: { kind: 'echo', make: echoOf(none) },
  forward: { kind: 'forward', make: forwardOf(none, none) },
} as const satisfies Record<string, AnyService>;

export interface Input {
  /** Bytes that each client sends: one client each. */
  readonly clients: readonly number[];
  /** Bytes that the remote of a forwarder sends on each connection. */
  readonly downBytes: number;
  readonly partBytes: number;
  readonly readBytes: number;
  readonly windowBytes: number;
  /** Whether the remote answers after the client's end of stream. */
  readonly answersAtEnd: boolean;
}

export const inputs: fc.Arbitrary<Input> = fc.record({
  clients: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 3 }),
  downBytes: fc.nat({ max: 12 }),
  partBytes: fc.integer({ min: 1, max: 12 }),
  readBytes: fc.integer({ min: 1, max: 16 }),
  windowBytes: fc.constantFrom(64, 8, 4, 1),
  answersAtEnd: fc.boolean(),
});

/** What may happen to bytes without harm to the connection. */
export const HARMLESS: readonly Family[] = [
  'order',
  'ready',
  'split',
  'coalesce',
  'end',
  'short-send',
  'short-read',
  'stall',
];

const PORT = 7;
const REMOTE = { host: 'remote', port: 9 };

/** Texts that tell clients apart, and positions: client 0 sends `abc…`, client 1 `ABC…`, client 2 `012…`. */
export function textOf(client: number, bytes: number): string {
  const first = [0x61, 0x41, 0x30][client % 3];
  return String.fromCharCode(...Array.from({ length: bytes }, (_, index) => first + (index % 10)));
}

/** A world as an invariant looks at it. */
export interface World {
  readonly sim: Simulation;
  readonly kind: AnyService['kind'];
  readonly service: Service;
  /** The service's host. */
  readonly watch: Watch;
  readonly clients: readonly Peer[];
  /** What each client is to receive. */
  readonly expected: readonly string[];
  /** The far ends of a forwarder's connections, in the order of their arrival. */
  readonly remotes: readonly Peer[];
}

export interface WorldPlan {
  readonly families?: readonly Family[];
  /** The clients' plans; the default is made of the input. */
  readonly plan?: (input: Input, client: number) => PeerPlan;
  /** When each client connects. Default: all at once. */
  readonly startsAtMs?: (client: number) => number;
  /** Whether nobody listens at the remote. Default false. */
  readonly isRefused?: boolean;
}

/** The scenario of an input: the world, and the laws that `install` adds to it. */
export function worldScenario(
  name: string,
  service: AnyService,
  input: Input,
  install: (world: World) => void,
  options: WorldPlan = {},
): Scenario {
  const { families, plan = planOf, startsAtMs, isRefused } = options;
  return {
    name,
    families,
    network: { windowBytes: input.windowBytes },
    run: { maxSteps: 20_000 },
    setup(sim) {
      const host = sim.host('service');
      const watch = new Watch(host.reactor);
      const remotes: Peer[] = [];
      const down = textOf(1, input.downBytes);
      const remote = sim.host(REMOTE.host).reactor;
      if (service.kind === 'forward' && isRefused !== true) {
        const answer = { ...planOf(input, 0), text: down, answersAtEnd: input.answersAtEnd };
        serve(remote, (reactor, endpoint) => {
          remotes.push(new Peer(reactor, answer, endpoint));
        });
      }
      const made = makeService(service, host.reactor);
      const clients = input.clients.map((_, index) => {
        const client = new Peer(sim.host(`client-${index}`).reactor, plan(input, index));
        const connect = (): void => client.connect({ host: 'service', port: PORT });
        const atMs = startsAtMs?.(index) ?? 0;
        if (atMs === 0) connect();
        else sim.at(atMs, connect);
        return client;
      });
      const expected = clients.map((client) => (service.kind === 'echo' ? client.plan.text : down));
      install({ sim, kind: service.kind, service: made, watch, clients, expected, remotes });
    },
  };
}

export function planOf(input: Input, client: number): PeerPlan {
  const { clients, partBytes, readBytes } = input;
  return { text: textOf(client, clients[client]), partBytes, readBytes };
}

function makeService(service: AnyService, reactor: Reactor): Service {
  const local = { host: '0.0.0.0', port: PORT };
  return service.kind === 'echo'
    ? service.make(reactor, local)
    : service.make(reactor, { local, remote: REMOTE });
}

function serve(reactor: Reactor, onAccepted: (reactor: Reactor, endpoint: Endpoint) => void): void {
  class Listener extends Dispatcher {
    override handleAccepted(endpoint: Endpoint): void {
      onAccepted(reactor, endpoint);
    }
  }
  const listener = new Listener(reactor);
  listener.bind({ host: '0.0.0.0', port: REMOTE.port });
  listener.listen();
}
