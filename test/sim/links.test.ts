import { describe, expect, test } from 'vitest';
import { Dispatcher, type Endpoint, isBytes, TransportError } from '../../src/core/index.ts';
import { Simulation } from '../../src/sim/index.ts';

const PORT = 7;

/** Notes what happens to a connection, with the time. */
class Noting extends Dispatcher {
  readonly events: [number, string][];
  private readonly sim: Simulation;

  constructor(
    sim: Simulation,
    host: string,
    endpoint: Endpoint | null = null,
    events: [number, string][] = [],
  ) {
    super(sim.host(host).reactor, endpoint);
    this.sim = sim;
    this.events = events;
    this.wantWrite(false);
  }

  note(text: string): void {
    this.events.push([this.sim.nowMs, text]);
  }

  override handleConnect(): void {
    this.note('connect');
  }

  override handleRead(): void {
    const data = this.recv(100_000);
    if (isBytes(data))
      this.note(data.length > 20 ? `${data.length} bytes` : `data ${new TextDecoder().decode(data)}`);
  }

  override handleEnd(): void {
    this.note('end');
    this.close();
  }

  override handleClose(reason: { kind: string; error?: unknown }): void {
    this.note(reason.error instanceof TransportError ? `${reason.kind} ${reason.error.code}` : reason.kind);
  }
}

class Accepting extends Dispatcher {
  readonly accepted: Noting[] = [];
  readonly events: [number, string][] = [];
  private readonly sim: Simulation;

  constructor(sim: Simulation, host: string, backlog = 511) {
    super(sim.host(host).reactor);
    this.sim = sim;
    this.bind({ host: '0.0.0.0', port: PORT });
    this.listen({ backlog });
  }

  override handleAccepted(endpoint: Endpoint): void {
    this.accepted.push(new Noting(this.sim, 'db', endpoint, this.events));
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function world(options: ConstructorParameters<typeof Simulation>[0] = {}): {
  sim: Simulation;
  server: Accepting;
  client: Noting;
} {
  const sim = new Simulation(options);
  const server = new Accepting(sim, 'db');
  const client = new Noting(sim, 'app');
  client.connect({ host: 'db', port: PORT });
  return { sim, server, client };
}

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

describe('a link', () => {
  test('with a latency delays each direction by its own', () => {
    const { sim, server, client } = world();
    sim.link('app', 'db').latency({ delayMsMin: 10 });
    sim.link('db', 'app').latency({ delayMsMin: 30 });
    client.handleConnect = () => {
      client.note('connect');
      client.send(bytes('hi'));
    };
    sim.host('app');
    run(sim);
    // The SYN was sent before the links were slow.
    expect(client.events).toEqual([[31, 'connect']]);
    expect(server.events).toEqual([[41, 'data hi']]);
  });

  test('with jitter draws whole milliseconds within its range', () => {
    const drawn = new Set<number>();
    for (let choice = 0; choice < 31; choice += 1) {
      const strategy = {
        begin: () => {},
        choose: (_label: unknown, arity: number) => Math.min(choice, arity - 1),
      };
      const sim = new Simulation({ strategy, families: [] });
      new Accepting(sim, 'db');
      sim.host('app');
      sim.network.link('app', 'db').latency({ delayMsMin: 10, delayMsMax: 40 });
      const client = new Noting(sim, 'app');
      client.connect({ host: 'db', port: PORT });
      run(sim);
      drawn.add(client.events[0][0] / 2);
    }
    expect([...drawn]).toEqual(Array.from({ length: 31 }, (_, index) => 10 + index));
  });

  test('with a bandwidth delivers in segments at that rate', () => {
    const { sim, server, client } = world();
    sim.link('app', 'db').bandwidth({ bytesPerSecond: 14_600 });
    client.handleConnect = () => void client.send(new Uint8Array(4380));
    run(sim);
    expect(server.events).toEqual([
      [103, '1460 bytes'],
      [203, '1460 bytes'],
      [303, '1460 bytes'],
    ]);
  });

  test('that is cut loses what is in flight, which arrives when it is sent again after the repair', () => {
    const { sim, server, client } = world();
    client.handleConnect = () => {
      client.send(bytes('late'));
      sim.network.link('app', 'db').partition();
      sim.at(1000, () => sim.network.link('app', 'db').repair());
    };
    run(sim);
    // Sent again 200, 600 and 1400 ms after the first time.
    expect(server.events).toEqual([[1403, 'data late']]);
  });

  // Known difference 'silent-host': a real one may hear EHOSTUNREACH.
  test('that stays cut makes the sender give up after 924.6 seconds with ETIMEDOUT', () => {
    const { sim, client } = world();
    client.handleConnect = () => {
      client.send(bytes('never'));
      sim.link('app', 'db').partition();
    };
    run(sim);
    expect(client.events).toEqual([[924_603, 'failed ETIMEDOUT']]);
  });

  test('that loses acknowledgements alone makes the sender give up, though its bytes arrived', () => {
    const { sim, server, client } = world();
    client.handleConnect = () => {
      client.send(bytes('heard'));
      sim.link('db', 'app').partition();
    };
    run(sim);
    expect(server.events).toEqual([[3, 'data heard']]);
    expect(client.events).toEqual([[924_603, 'failed ETIMEDOUT']]);
  });

  test('that is cut makes a connect time out after 127 seconds', () => {
    const { sim, client } = world();
    sim.network.link('app', 'db').partition();
    run(sim);
    expect(client.events).toEqual([[127_001, 'failed ETIMEDOUT']]);
  });

  test('that holds keeps what is in flight, and delivers it in order on release', () => {
    const { sim, server, client } = world();
    client.handleConnect = () => {
      client.send(bytes('one '));
      client.send(bytes('two'));
      client.shutdownWrite();
      sim.link('app', 'db').hold();
      sim.at(5000, () => sim.link('app', 'db').release());
    };
    run(sim);
    expect(server.events).toEqual([
      [5000, 'data one '],
      [5000, 'data two'],
      [5000, 'end'],
    ]);
  });

  test('that loses one segment delays what follows it', () => {
    const { sim, server, client } = world();
    client.handleConnect = () => {
      sim.link('app', 'db').loseNext(1);
      client.send(bytes('one '));
      client.send(bytes('two'));
    };
    run(sim);
    expect(server.events).toEqual([
      [203, 'data one '],
      [203, 'data two'],
    ]);
  });

  test('refuses the next connects, and no more', () => {
    const sim = new Simulation();
    new Accepting(sim, 'db');
    const clients = [1, 2, 3].map(() => new Noting(sim, 'app'));
    sim.link('app', 'db').refuseNext(2);
    for (const client of clients) client.connect({ host: 'db', port: PORT });
    run(sim);
    expect(clients.map(({ events }) => events[0][1])).toEqual([
      'refused ECONNREFUSED',
      'refused ECONNREFUSED',
      'connect',
    ]);
  });

  test('cuts the connection that carries a given byte', () => {
    const { sim, server, client } = world();
    sim.link('app', 'db').cutAfter({ bytes: 3 });
    client.handleConnect = () => void client.send(bytes('abcdef'));
    run(sim);
    expect(server.events.map(([, text]) => text)).toEqual(['data abc', 'reset ECONNRESET']);
    expect(client.events.map(([, text]) => text)).toEqual(['reset ECONNRESET']);
  });

  test('hands over a connection by its index', () => {
    const sim = new Simulation();
    new Accepting(sim, 'db');
    const clients = [0, 1].map(() => new Noting(sim, 'app'));
    sim.network.link('app', 'db').onConnection(1, (connection) => sim.at(50, () => connection.reset()));
    for (const client of clients) client.connect({ host: 'db', port: PORT });
    run(sim);
    expect(clients.map(({ events }) => events.length)).toEqual([1, 2]);
    expect(clients[1].events[1]).toEqual([50, 'reset ECONNRESET']);
  });

  test('between unknown hosts is ERR_TOPOLOGY at the call', () => {
    const sim = new Simulation();
    sim.host('app');
    expect(() => sim.network.link('app', 'nowhere')).toThrowError(
      expect.objectContaining({ code: 'ERR_TOPOLOGY' }),
    );
    expect(() => sim.link('nowhere', 'app')).toThrowError(expect.objectContaining({ code: 'ERR_TOPOLOGY' }));
  });

  test('takes no negative or reversed latency, and no bandwidth of 0', () => {
    const sim = new Simulation();
    sim.host('a');
    const pair = sim.network.link('a', sim.host('b').name);
    const outOfRange = expect.objectContaining({ code: 'ERR_OUT_OF_RANGE' });
    expect(() => pair.latency({ delayMsMin: -1 })).toThrowError(outOfRange);
    expect(() => pair.latency({ delayMsMin: 5, delayMsMax: 4 })).toThrowError(outOfRange);
    expect(() => pair.bandwidth({ bytesPerSecond: 0 })).toThrowError(outOfRange);
  });
});

describe('a host', () => {
  test('that has crashed is silent until it is up again, and then resets', () => {
    const { sim, server, client } = world();
    sim.at(10, () => sim.host('db').crash());
    sim.at(20, () => client.send(bytes('anybody?')));
    sim.at(30_000, () => sim.host('db').restart());
    run(sim);
    expect(server.events).toEqual([]);
    // Sent again 0.2, 0.6, 1.4 … 25.4 and 51 seconds later.
    expect(client.events).toEqual([
      [2, 'connect'],
      [51_022, 'reset ECONNRESET'],
    ]);
  });

  test('keeps its files over a crash, and nothing else', () => {
    const { sim } = world();
    const host = sim.host('db');
    host.volume.writeFileSync('/kept', 'yes');
    sim.at(10, () => host.crash());
    sim.at(20, () => host.restart((up) => up.volume.writeFileSync('/again', 'yes')));
    run(sim);
    expect(host.listening).toEqual([]);
    expect([...host.openEndpoints]).toEqual([]);
    expect(host.volume.readdirSync('/')).toEqual(['again', 'kept']);
  });

  test('that is paused acknowledges what it gets, and reads it when it goes on', () => {
    const { sim, server, client } = world();
    sim.at(10, () => sim.host('db').pause());
    sim.at(20, () => client.send(bytes('wake up')));
    sim.at(90_000, () => sim.host('db').resume());
    run(sim);
    expect(server.events).toEqual([[90_000, 'data wake up']]);
    expect(client.events).toEqual([[2, 'connect']]);
  });

  test('whose clock is ahead reads another time than the others', () => {
    const sim = new Simulation();
    sim.host('app').clock.offsetMs = 5000;
    sim.at(10, () => expect([sim.host('app').clock.now(), sim.host('db').clock.now()]).toEqual([5010, 10]));
    run(sim);
  });

  test('with a full backlog does not answer, and takes the attempt when it is made again', () => {
    const sim = new Simulation();
    const server = new Accepting(sim, 'db', 1);
    sim.at(1, () => sim.host('db').pause());
    const clients = [0, 1, 2].map(() => new Noting(sim, 'app'));
    sim.at(10, () => clients[0].connect({ host: 'db', port: PORT }));
    sim.at(20, () => clients[1].connect({ host: 'db', port: PORT }));
    sim.at(30, () => clients[2].connect({ host: 'db', port: PORT }));
    sim.at(1500, () => sim.host('db').resume());
    run(sim);
    expect(server.accepted.length).toBe(3);
    // Linux holds one more than the backlog; the third is dropped at 31 and 1031 ms.
    expect(clients.map(({ events }) => events)).toEqual([
      [[12, 'connect']],
      [[22, 'connect']],
      [[3032, 'connect']],
    ]);
  });

  test('of a name or address taken is ERR_TOPOLOGY', () => {
    const sim = new Simulation();
    sim.host('a', { address: '10.1.1.1' });
    expect(() => sim.host('b', { address: '10.1.1.1' })).toThrowError(
      expect.objectContaining({ code: 'ERR_TOPOLOGY' }),
    );
  });
});
