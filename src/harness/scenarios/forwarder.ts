import { checkOptions } from '../../core/arguments.ts';
import { Dispatcher, type Endpoint, type Reactor } from '../../core/index.ts';
import { ForwardServer } from '../../services/index.ts';
import type { Family, Scenario, Simulation } from '../../sim/index.ts';
import {
  ExchangeClient,
  type ExchangeOptions,
  everyComplete,
  everyPrefix,
  payloadFor,
  textOf,
} from './exchange-client.ts';

export interface ForwarderScenarioOptions {
  readonly name: string;
  readonly connections: number;
  /** Bytes from each client to the remote. */
  readonly bytesUp: number;
  /** Bytes from the remote to each client. */
  readonly bytesDown: number;
  /** Whether the remote answers only after the client's end of stream: a half-close. Default false. */
  readonly answersAtEnd?: boolean;
  /** Whether nobody listens at the remote. Default false. */
  readonly isRefused?: boolean;
  readonly families?: readonly Family[];
  readonly limits?: Scenario['limits'];
  readonly readSizeBytes?: number;
  readonly windowBytes?: number;
  /** Starts the forwarder under test on its host, to the remote given. Default: the shipped forwarder. */
  readonly serve?: (sim: Simulation) => void;
}

export const FORWARDER = { host: 'forwarder', port: 80 };
export const REMOTE = { host: 'remote', port: 9 };

/** Clients that exchange bytes with a remote through a forwarder, which must not be noticed. */
export function forwarderScenario(options: ForwarderScenarioOptions): Scenario {
  checkOptions('options', options);
  const { name, connections, bytesUp, bytesDown, families, limits, windowBytes, isRefused = false } = options;
  const ups = Array.from({ length: connections }, (_, index) => payloadFor(index, bytesUp));
  const down = payloadFor(2, bytesDown);
  const upTexts = ups.map(textOf);
  const downTexts = ups.map(() => textOf(down));
  const serve = options.serve ?? serveForwarder;
  return {
    name,
    title: describe(options),
    families,
    limits,
    network: { latencyMs: 0, windowBytes },
    setup(sim) {
      serve(sim);
      const remote = new Remote(sim.host(REMOTE.host).reactor, { ...options, payload: down });
      if (!isRefused) remote.start();
      const clients = ups.map((payload, index) => {
        const client = new ExchangeClient(sim.host(`client-${index + 1}`).reactor, {
          payload,
          readSizeBytes: options.readSizeBytes,
        });
        client.connect(FORWARDER);
        return client;
      });
      const hosts = clients.map((_, index) => sim.host(`client-${index + 1}`));
      sim.separate(hosts);
      sim.identify(() => {
        const ends = remote.ends.map((end) => end.fingerprint()).sort();
        return `${clients.map((client) => client.fingerprint()).join('/')};${ends.join('/')}`;
      });
      const each = { isPerConnection: true };
      sim.always(
        'each side receives a prefix of what the other sent',
        () => everyPrefix(clients, downTexts) && remote.receivesPrefixes(upTexts),
        each,
      );
      sim.always(
        'a cut stream does not look complete',
        () => sim.hasKilled || endsAreWhole(clients, downTexts, isRefused),
        each,
      );
      sim.always(
        'a reset is not turned into a clean end',
        () => sim.faultCount('close') > 0 || endsAreWhole(clients, downTexts, false),
        each,
      );
      sim.always(
        'no handler is called out of turn',
        () => [...clients, ...remote.ends].every((end) => end.violations === ''),
        each,
      );
      sim.eventually('no two connections carry the bytes of one client', () => remote.received(upTexts));
      sim.eventually(
        'a connection that nothing killed gets all bytes both ways, then the end',
        () => sim.hasKilled || isRefused || (everyComplete(clients, downTexts) && remote.isComplete(upTexts)),
      );
      sim.eventually(
        'a client whose remote is refused is told',
        () => !isRefused || clients.every((client) => client.closeReason !== null),
      );
      sim.eventually('nothing stays open', () => !sim.hasOpenEndpoints);
    },
  };
}

function serveForwarder(sim: Simulation): void {
  new ForwardServer(sim.host(FORWARDER.host).reactor, {
    local: { host: '0.0.0.0', port: FORWARDER.port },
    remote: REMOTE,
  });
}

/** Whoever saw an end of stream has every byte before it. */
function endsAreWhole(
  clients: readonly ExchangeClient[],
  texts: readonly string[],
  isRefused: boolean,
): boolean {
  return clients.every(
    (client, index) => !client.hasSeenEnd || (!isRefused && client.received === texts[index]),
  );
}

/** The host behind the forwarder: one exchange for each connection. */
class Remote extends Dispatcher {
  readonly ends: ExchangeClient[] = [];
  private readonly options: ExchangeOptions;

  constructor(reactor: Reactor, options: ExchangeOptions) {
    super(reactor);
    this.options = options;
  }

  start(): void {
    this.bind({ host: '0.0.0.0', port: REMOTE.port });
    this.listen();
  }

  override handleAccepted(endpoint: Endpoint): void {
    this.ends.push(new ExchangeClient(this.reactor, this.options, endpoint));
  }

  /** Its ends share nothing. */
  get connectionsAreIndependent(): boolean {
    return true;
  }

  /** Whether each connection carries a prefix of some client's bytes. */
  receivesPrefixes(texts: readonly string[]): boolean {
    return this.ends.every((end) => texts.some((text) => end.receivedPrefixOf(text)));
  }

  /** Whether each connection carries a prefix of one client's bytes, no two the same client's. */
  received(texts: readonly string[]): boolean {
    const free = [...texts];
    for (const { received } of [...this.ends].sort((a, b) => b.received.length - a.received.length)) {
      const index = free.findIndex((text) => text.startsWith(received));
      if (index < 0) return false;
      free.splice(index, 1);
    }
    return true;
  }

  isComplete(texts: readonly string[]): boolean {
    return (
      this.ends.length === texts.length &&
      this.received(texts) &&
      this.ends.every((end) => end.hasSeenEnd && texts.includes(end.received))
    );
  }

  fingerprint(): string {
    return '';
  }
}

function describe({
  connections,
  bytesUp,
  bytesDown,
  answersAtEnd,
  isRefused,
}: ForwarderScenarioOptions): string {
  const who = `${connections} client${connections === 1 ? '' : 's'}`;
  if (isRefused === true) return `a forwarder whose remote refuses closes ${who} by reset`;
  const bytes = `${bytesUp} byte${bytesUp === 1 ? '' : 's'} up and ${bytesDown} down for ${who}`;
  return answersAtEnd === true
    ? `a forwarder passes ${bytes}, the answer after the end`
    : `a forwarder passes ${bytes}`;
}
