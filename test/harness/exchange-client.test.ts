import { describe, expect, it } from 'vitest';
import { Dispatcher, DispatcherWithSend, type Endpoint, type Reactor } from '../../src/core/index.ts';
import { ExchangeClient } from '../../src/harness/scenarios/index.ts';
import { Simulation } from '../../src/sim/index.ts';

class Sender extends DispatcherWithSend {
  override handleRead(): void {
    this.recv(1);
  }

  override handleEnd(): void {}
}

/** Sends its pieces to whoever connects, with a pause before each. */
class Server extends Dispatcher {
  private readonly pieces: readonly string[];

  constructor(reactor: Reactor, pieces: readonly string[]) {
    super(reactor);
    this.pieces = pieces;
  }

  override handleAccepted(endpoint: Endpoint): void {
    const sender = new Sender(this.reactor, endpoint);
    this.pieces.forEach((piece, index) => {
      sender.callLater(index * 5, () => sender.send(new TextEncoder().encode(piece)));
    });
  }
}

/** A client that has received these pieces, one after the other; `ask` is called after each. */
function receive(pieces: readonly string[], ask: (client: ExchangeClient) => void): void {
  const sim = new Simulation();
  const server = new Server(sim.host('server').reactor, pieces);
  server.bind({ host: 'server', port: 7 });
  server.listen();
  const client = new ExchangeClient(sim.host('client').reactor, { payload: new Uint8Array(0) });
  client.connect({ host: 'server', port: 7 });
  let known = '';
  sim.always('asked after every piece', () => {
    if (client.received === known) return;
    known = client.received;
    ask(client);
  });
  sim.run({ untilMs: 1000 });
  expect(known).toBe(pieces.join(''));
}

describe('ExchangeClient.receivedPrefixOf', () => {
  it('tells a wrong byte that comes after right ones', () => {
    const told: boolean[] = [];
    receive(['ab', 'c', 'x', 'e'], (client) => told.push(client.receivedPrefixOf('abcde')));
    expect(told).toEqual([true, true, false, false]);
  });

  it('tells more bytes than the text has', () => {
    const told: boolean[] = [];
    receive(['ab', 'c'], (client) => told.push(client.receivedPrefixOf('ab')));
    expect(told).toEqual([true, false]);
  });

  it('compares from the beginning with another text', () => {
    const told: string[] = [];
    receive(['ab', 'c'], (client) =>
      told.push([client.receivedPrefixOf('xbc'), client.receivedPrefixOf('abcd')].join()),
    );
    expect(told).toEqual(['false,true', 'false,true']);
  });
});
