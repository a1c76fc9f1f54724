import { EchoServer } from '../../services/index.ts';
import type { Family, Scenario, Simulation } from '../../sim/index.ts';
import { ExchangeClient, payloadFor, textOf } from './exchange-client.ts';

export interface EchoScenarioOptions {
  readonly name: string;
  readonly connections: number;
  readonly bytes: number;
  readonly families?: readonly Family[];
  readonly limits?: Scenario['limits'];
  /** Starts the server under test on its host. Default: the shipped echo server. */
  readonly serve?: (sim: Simulation) => void;
}

const PORT = 7;
const ADDRESS = { host: 'server', port: PORT };

/** Clients that send, end their direction and read late or early: an echo gives each its own bytes back, then ends. */
export function echoScenario(options: EchoScenarioOptions): Scenario {
  const { name, connections, bytes, families, limits } = options;
  const payloads = Array.from({ length: connections }, (_, index) => payloadFor(index, bytes));
  const texts = payloads.map(textOf);
  const serve = options.serve ?? serveEcho;
  return {
    name,
    title: `echo returns to each of ${connections} client${connections === 1 ? '' : 's'} the ${bytes} bytes it sent`,
    families,
    limits,
    network: { latencyMs: 0 },
    setup(sim) {
      serve(sim);
      const clients = payloads.map(
        (payload, index) => new ExchangeClient(sim.host(`client-${index + 1}`).reactor, payload),
      );
      for (const client of clients) client.connect(ADDRESS);
      sim.identify(() => '');
      sim.always('echo returns a prefix of what was sent', () => everyPrefix(clients, texts));
      sim.always('no handler is called out of turn', () =>
        clients.every((client) => client.violations === ''),
      );
      sim.eventually(
        'a connection that nothing killed gets all its bytes back, then the end',
        () => sim.hasKilled || everyComplete(clients, texts),
      );
      sim.eventually('nothing stays open', () => !sim.hasOpenEndpoints);
    },
  };
}

function serveEcho(sim: Simulation): void {
  new EchoServer(sim.host('server').reactor, { host: '0.0.0.0', port: PORT });
}

export function everyPrefix(clients: readonly ExchangeClient[], texts: readonly string[]): boolean {
  for (let index = 0; index < clients.length; index += 1) {
    if (!texts[index].startsWith(clients[index].received)) return false;
  }
  return true;
}

export function everyComplete(clients: readonly ExchangeClient[], texts: readonly string[]): boolean {
  return clients.every((client, index) => client.received === texts[index] && client.hasSeenEnd);
}
