import { checkOptions } from '../../core/arguments.ts';
import { EchoServer } from '../../services/index.ts';
import type { Family, Scenario, Simulation } from '../../sim/index.ts';
import { ExchangeClient, everyComplete, payloadFor, textOf } from './exchange-client.ts';

export interface EchoScenarioOptions {
  readonly name: string;
  readonly connections: number;
  readonly bytes: number;
  readonly families?: readonly Family[];
  readonly limits?: Scenario['limits'];
  /** How many bytes a client takes at once; few make a slow reader. */
  readonly readSizeBytes?: number;
  /** How many unread bytes a direction holds; few make it full. */
  readonly windowBytes?: number;
  /** Starts the server under test on its host. Default: the shipped echo server. */
  readonly serve?: (sim: Simulation) => void;
}

const PORT = 7;
const ADDRESS = { host: 'server', port: PORT };

/** Clients that send, end their direction and read late or early: an echo gives each its own bytes back, then ends. */
export function echoScenario(options: EchoScenarioOptions): Scenario {
  checkOptions('options', options);
  const { name, connections, bytes, families, limits, readSizeBytes, windowBytes } = options;
  const payloads = Array.from({ length: connections }, (_, index) => payloadFor(index, bytes));
  const texts = payloads.map(textOf);
  const serve = options.serve ?? serveEcho;
  return {
    name,
    title: `echo returns to each of ${connections} client${connections === 1 ? '' : 's'} the ${bytes} bytes it sent`,
    families,
    limits,
    network: { latencyMs: 0, windowBytes },
    setup(sim) {
      serve(sim);
      const clients = payloads.map(
        (payload, index) =>
          new ExchangeClient(sim.host(`client-${index + 1}`).reactor, { payload, readSizeBytes }),
      );
      for (const client of clients) client.connect(ADDRESS);
      sim.separate(clients.map((_, index) => sim.host(`client-${index + 1}`)));
      sim.identify(() => clients.map((client) => client.fingerprint()).join('/'));
      for (let index = 0; index < clients.length; index += 1) watch(sim, clients[index], texts[index], index);
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

/** Each client's laws read its own host only, so that what happens on two clients commutes. */
function watch(sim: Simulation, client: ExchangeClient, text: string, index: number): void {
  const reads = [sim.host(`client-${index + 1}`)];
  sim.always('echo returns a prefix of what was sent', () => client.receivedPrefixOf(text), { reads });
  sim.always('no handler is called out of turn', () => client.violations === '', { reads });
}
