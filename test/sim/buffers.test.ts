// Send and receive buffers apart: what fits, what waits, and what travels to say that there is room again.
import { describe, expect, test } from 'vitest';
import { type BufferOptions, Simulation, type SimulationOptions } from '../../src/sim/index.ts';
import { NetWorld } from '../net/support/net-world.ts';
import { Accepting, connecting, PORT } from './support/noting.ts';

/** A client that is connected to a server that receives nothing until it is told to. */
function world(buffers: BufferOptions, more: SimulationOptions = {}) {
  const sim = new Simulation({ families: [], buffers, trace: true, ...more });
  const server = new Accepting(sim.host('db'));
  const client = connecting(sim.host('app'), { host: 'db', port: PORT });
  sim.run({ untilMs: 4, allowOpen: true });
  const [peer] = server.accepted;
  peer.wantRead(false);
  return { sim, server, client, peer };
}

const run = (sim: Simulation, untilMs?: number): void => sim.run({ untilMs, allowOpen: true });

/** What the trace tells of one kind of segment: `[atMs, from → to]`. */
function sent(sim: Simulation, kind: string): [number, string][] {
  return sim
    .trace!.events.filter((event) => event.kind === kind)
    .map(({ atMs, place }) => [atMs, place.replace(/ \(.*/, '')]);
}

describe('a peer that does not read', () => {
  test('takes what its receive buffer holds; the rest fills the send buffer', () => {
    const { sim, client } = world({ sendBytes: 100, receiveBytes: 60 });
    expect(client.send(new Uint8Array(500))).toBe(100);
    run(sim);
    // 60 bytes have been acknowledged, and 40 of the 100 wait.
    expect(client.send(new Uint8Array(500))).toBe(60);
    expect(client.send(new Uint8Array(500))).toBe(0);
    run(sim);
    expect(client.send(new Uint8Array(500))).toBe(0);
  });

  test('lets a program send what Linux holds by default', () => {
    const { sim, client } = world({});
    let taken = 0;
    for (let size = 1; size > 0; taken += size) {
      size = client.send(new Uint8Array(10_000));
      run(sim);
    }
    // The peer takes its 65,536; by their acknowledgement the send buffer has grown from 87,040.
    expect(taken).toBe(2 * (14_600 + 65_536) + 65_536);
  });

  test('is told of each host by itself', () => {
    const sim = new Simulation({ families: [] });
    new Accepting(sim.host('db', { buffers: { sendBytes: 5, receiveBytes: 7 } }));
    const client = connecting(sim.host('app', { buffers: { sendBytes: 11, receiveBytes: 13 } }), {
      host: 'db',
      port: PORT,
    });
    run(sim, 4);
    expect(client.send(new Uint8Array(500))).toBe(11);
  });
});

describe('a window', () => {
  test('that was shut opens once there is room for half of the buffer, a latency later', () => {
    const { sim, client, peer } = world({ sendBytes: 10, receiveBytes: 8 });
    client.send(new Uint8Array(10));
    run(sim, 20);
    expect(peer.recv(3)).toHaveLength(3);
    run(sim, 30);
    // Three of eight is too little to say (RFC 9293 section 3.8.6.2.2).
    expect(sent(sim, 'window').filter(([atMs]) => atMs >= 20)).toEqual([]);
    expect(peer.recv(1)).toHaveLength(1);
    run(sim, 40);
    expect(sent(sim, 'window').filter(([atMs]) => atMs >= 20)[0]).toEqual([31, 'db → app']);
    expect(sent(sim, 'data').filter(([atMs]) => atMs >= 20)).toEqual([[32, 'app → db']]);
  });

  test('does not hold back the end of stream, but for the bytes before it', () => {
    const { sim, client, peer, server } = world({ sendBytes: 10, receiveBytes: 4 });
    client.send(new Uint8Array(10));
    client.close();
    run(sim, 20);
    expect(sent(sim, 'fin')).toEqual([]);
    peer.wantRead(true);
    run(sim);
    expect(sent(sim, 'fin')[0]).toEqual([24, 'app → db']);
    expect(server.events.map(([, text]) => text)).toEqual([
      'data \0\0\0\0',
      'data \0\0\0\0',
      'data \0\0',
      'end',
    ]);
  });

  test('of a peer that has crashed is asked for, and given up', () => {
    const { sim, client } = world({ sendBytes: 10, receiveBytes: 4 });
    client.send(new Uint8Array(8));
    run(sim, 20);
    sim.host('db').crash();
    run(sim);
    expect(client.texts).toEqual(['connect', 'failed ETIMEDOUT']);
  });

  test('update that is lost comes later, also if a question that is lost has followed it', () => {
    const { sim, client, peer } = world({ sendBytes: 10, receiveBytes: 4 });
    client.send(new Uint8Array(10));
    for (const endpoint of sim.host('db').openEndpoints)
      endpoint.setKeepAlive({ idleMs: 100, intervalMs: 5000 });
    run(sim, 20);
    const link = sim.link('db', 'app').partition();
    sim.at(600, () => void link.repair());
    peer.wantRead(true);
    run(sim);
    expect(sent(sim, 'lost').length).toBeGreaterThan(1);
    expect(peer.events.map(([, text]) => text)).toEqual(['data \0\0\0\0', 'data \0\0\0\0', 'data \0\0']);
  });

  test('update that is lost comes later', () => {
    const { sim, client, peer } = world({ sendBytes: 10, receiveBytes: 4 });
    client.send(new Uint8Array(8));
    run(sim, 20);
    sim.link('db', 'app').loseNext(1);
    peer.wantRead(true);
    run(sim);
    expect(sent(sim, 'data').at(-1)).toEqual([222, 'app → db']);
  });
});

test('buffers grow by themselves, for a peer that keeps up, to 4 and 3 MiB', () => {
  const { sim, client, peer } = world({});
  peer.wantRead(true);
  let sentBytes = 0;
  while (sentBytes < 20_000_000) {
    const size = client.send(new Uint8Array(1 << 23));
    sentBytes += size;
    run(sim);
  }
  peer.wantRead(false);
  expect(client.send(new Uint8Array(1 << 23))).toBe(4 << 20);
  run(sim);
  expect(peer.recv(1 << 24)).toHaveLength(3 << 20);
});

test('a connection alone can have buffers of its own, from its first segment or later', () => {
  const { sim, client, peer } = world({ sendBytes: 100, receiveBytes: 60 });
  client.send(new Uint8Array(30));
  run(sim);
  sim.connections[0].setBuffers({ client: { sendBytes: 7 }, server: { receiveBytes: 40 } });
  expect(client.send(new Uint8Array(500))).toBe(7);
  const plain = new Simulation({ families: [] });
  const server = new Accepting(plain.host('db'));
  plain.host('app');
  plain.link('app', 'db').onConnection(0, (connection) => {
    connection.setBuffers({ client: { sendBytes: 9 }, server: { receiveBytes: 5 } });
  });
  const other = connecting(plain.host('app'), { host: 'db', port: PORT });
  run(plain, 4);
  server.accepted[0].wantRead(false);
  expect(other.send(new Uint8Array(500))).toBe(9);
  run(plain);
  expect(other.send(new Uint8Array(500))).toBe(5);
  expect(peer.recv(500)).toHaveLength(30);
});

test('buffers that come apart in the middle let a sender go on that waited for the one window', () => {
  const sim = new Simulation({ families: [], windowBytes: 4 });
  const server = new Accepting(sim.host('db'));
  const client = connecting(sim.host('app'), { host: 'db', port: PORT });
  run(sim, 4);
  server.accepted[0].wantRead(false);
  expect(client.send(new Uint8Array(9))).toBe(4);
  run(sim, 9);
  server.accepted[0].recv(4);
  sim.connections[0].setBuffers({ client: { sendBytes: 6 }, server: { receiveBytes: 6 } });
  run(sim);
  expect(client.send(new Uint8Array(9))).toBe(6);
});

test('an acknowledgement that is lost holds up nothing that is sent after it', () => {
  const { sim, client, peer } = world({ sendBytes: 10, receiveBytes: 8 });
  sim.link('db', 'app').loseNext(1);
  client.send(new Uint8Array(3));
  sim.at(10, () => peer.send(new Uint8Array(2)));
  run(sim);
  expect(sent(sim, 'lost')).toEqual([[6, 'db → app']]);
  expect(sent(sim, 'data').at(-1)).toEqual([11, 'db → app']);
});

/** The state at 50 ms of a world that differs from others in what `change` does. */
function told(change: (made: ReturnType<typeof world>) => void): string {
  const made = world({ sendBytes: 100, receiveBytes: 60 }, { fingerprints: true });
  change(made);
  made.sim.run({ untilMs: 50, allowOpen: true });
  return made.sim.fingerprint();
}

describe('the state that a search compares tells', () => {
  test('the sizes of the buffers', () => {
    const other = told(({ sim }) => sim.connections[0].setBuffers({ client: { sendBytes: 99 } }));
    const third = told(({ sim }) => sim.connections[0].setBuffers({ client: { sendBytes: 98 } }));
    expect(other).not.toBe(third);
  });

  test('whether small segments wait', () => {
    const waiting = told(({ sim }) => sim.connections[0].client.setNoDelay(false));
    expect(waiting).not.toBe(told(() => {}));
  });
});

test('a program is told of room when a third of its send buffer is free', () => {
  const { sim, client, peer } = world({ sendBytes: 30, receiveBytes: 10 });
  client.send(new Uint8Array(30));
  const writable: number[] = [];
  client.handleWrite = () => {
    writable.push(sim.nowMs);
    client.wantWrite(false);
  };
  client.wantWrite(true);
  run(sim, 20);
  // Ten bytes of thirty were acknowledged at 6 ms.
  expect(writable).toEqual([6]);
  expect(client.send(new Uint8Array(30))).toBe(10);
  client.wantWrite(true);
  peer.recv(5);
  run(sim, 40);
  expect(writable).toEqual([6]);
  peer.recv(5);
  run(sim, 60);
  expect(writable).toHaveLength(2);
});

describe('small writes of a node:net socket', () => {
  /** How long two exchanges take, each two writes and an answer. */
  async function duration(noDelay: boolean): Promise<number> {
    const world = new NetWorld({ families: [], buffers: {} });
    const times: number[] = [];
    world.serverNet
      .createServer({ noDelay: true }, (socket) => {
        let received = 0;
        socket.on('data', (data) => {
          times.push(world.sim.nowMs);
          received += data.length;
          if (received % 2 === 0) socket.write('!');
        });
      })
      .listen(80);
    const socket = world.net.connect({ port: 80, host: 'server', noDelay });
    const ask = (): void => {
      socket.write('a');
      setImmediate(() => socket.write('b'));
    };
    socket.once('connect', ask);
    socket.once('data', ask);
    await world.run();
    return times[times.length - 1] - times[0];
  }

  test('wait for the delayed acknowledgement of the one before: 40 ms, and a round trip', async () => {
    // The first time the server acknowledges at once; then it waits for its answer, as it has answered before.
    expect(await duration(false)).toBe(2 + 2 + 42);
  });

  test('leave at once with setNoDelay', async () => {
    expect(await duration(true)).toBe(2);
  });
});

test.each([[{ sendBytes: 0 }], [{ receiveBytes: -1 }], [{ sendBytes: 1.5 }], [null], [7]])(
  '%j is refused at the call',
  (buffers) => {
    expect(() => new Simulation({ buffers: buffers as never })).toThrow(/buffers/);
    expect(() => new Simulation().host('a', { buffers: buffers as never })).toThrow(/buffers of host a/);
  },
);
