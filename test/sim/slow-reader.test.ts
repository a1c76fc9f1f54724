import { expect, test } from 'vitest';
import { Simulation } from '../../src/sim/index.ts';
import { NetWorld } from '../net/support/net-world.ts';
import { Accepting, bytes, connecting, PORT } from './support/noting.ts';

function world(windowBytes?: number) {
  const sim = new Simulation({ families: [], windowBytes, trace: true, fingerprints: true });
  const server = new Accepting(sim.host('db'));
  const client = connecting(sim.host('app'), { host: 'db', port: PORT });
  return { sim, server, client };
}

const run = (sim: Simulation): void => sim.run({ allowOpen: true });

test('a host that reads so many bytes a time receives them in portions, then the end of stream', () => {
  const { sim, server, client } = world();
  sim.host('db').limitReading({ bytes: 3, everyMs: 100 });
  client.handleConnect = () => {
    client.send(bytes('abcdefgh'));
    client.close();
  };
  run(sim);
  expect(server.events).toEqual([
    [3, 'data abc'],
    [103, 'data def'],
    [203, 'data gh'],
    [203, 'end'],
  ]);
});

test('a portion that is not used up waits for what comes before the next one', () => {
  const { sim, server, client } = world();
  sim.host('db').limitReading({ bytes: 3, everyMs: 100 });
  client.handleConnect = () => {
    client.send(bytes('a'));
    sim.at(50, () => client.send(bytes('bcdefg')));
  };
  run(sim);
  expect(server.events).toEqual([
    [3, 'data a'],
    [51, 'data bc'],
    [103, 'data def'],
    [203, 'data g'],
  ]);
});

test('a host that reads nothing stops the sender when the window is full, until its limit is taken away', () => {
  const { sim, server, client } = world(4);
  sim.host('db').limitReading({ bytes: 0 });
  const taken: [number, number][] = [];
  client.handleConnect = () => client.wantWrite(true);
  client.handleWrite = () => {
    taken.push([sim.nowMs, client.send(bytes('abcdef'))]);
    if (taken.length === 2) client.wantWrite(false);
  };
  sim.at(5000, () => sim.host('db').limitReading(null));
  run(sim);
  expect(taken).toEqual([
    [2, 4],
    [5001, 4],
  ]);
  expect(server.events).toEqual([
    [5000, 'data abcd'],
    [5002, 'data abcd'],
  ]);
});

test('a host that reads nothing does not see the end of stream either', () => {
  const { sim, server, client } = world();
  sim.host('db').limitReading({ bytes: 0 });
  client.handleConnect = () => client.close();
  sim.at(700, () => sim.host('db').limitReading(null));
  run(sim);
  expect(server.events).toEqual([[700, 'end']]);
});

test('a reset reaches a slow reader after the bytes before it', () => {
  const { sim, server, client } = world();
  sim.host('db').limitReading({ bytes: 2, everyMs: 10 });
  client.handleConnect = () => {
    client.send(bytes('abcd'));
    sim.at(4, () => sim.connections[0].reset());
  };
  run(sim);
  expect(server.events).toEqual([
    [3, 'data ab'],
    [13, 'data cd'],
    [13, 'reset ECONNRESET'],
  ]);
});

test('one connection alone can be slow, and another be left as it is', () => {
  const { sim, server, client } = world();
  const other = connecting(sim.host('app'), { host: 'db', port: PORT });
  for (const one of [client, other]) one.handleConnect = () => void one.send(bytes('abc'));
  sim.connections[0].server.limitReading({ bytes: 2, everyMs: 20 });
  run(sim);
  expect(server.events).toEqual([
    [3, 'data ab'],
    [3, 'data abc'],
    [23, 'data c'],
  ]);
});

test('what is left of a portion is part of the state that a search compares', () => {
  const states = [1, 10].map((limitedAtMs) => {
    const { sim, client } = world();
    client.handleConnect = () => void client.send(bytes('ab'));
    sim.at(limitedAtMs, () => sim.host('db').limitReading({ bytes: 3, everyMs: 100 }));
    sim.run({ untilMs: 50, allowOpen: true });
    return sim.fingerprint();
  });
  // One byte is left until 103 ms, or three are.
  expect(states[0]).not.toBe(states[1]);
});

test('a limit is a line of the trace', () => {
  const { sim } = world();
  sim.host('db').limitReading({ bytes: 2, everyMs: 20 });
  sim.host('db').limitReading({ bytes: 0 });
  sim.host('db').limitReading(null);
  expect(sim.trace!.events.map(({ place, kind, detail }) => `${place} ${kind} ${detail}`)).toEqual([
    'db limit reading 2 bytes every 20 ms',
    'db limit reading nothing',
    'db limit reading none',
  ]);
});

test('a node:net server on a slow host holds its client back', async () => {
  const world = new NetWorld({ families: [], windowBytes: 1000 });
  world.sim.host('server').limitReading({ bytes: 500, everyMs: 100 });
  let received = 0;
  world.serverNet
    .createServer((socket) => {
      socket.on('data', (data) => {
        received += data.length;
      });
    })
    .listen(80);
  const socket = world.net.connect({ port: 80, host: 'server' });
  let writtenAtMs = 0;
  socket.write(new Uint8Array(5000), () => {
    writtenAtMs = world.sim.nowMs;
    socket.end();
  });
  await world.run();
  expect(received).toBe(5000);
  expect(writtenAtMs).toBeGreaterThanOrEqual(700);
});

test.each([
  [{ bytes: -1, everyMs: 5 }],
  [{ bytes: 1 }],
  [{ bytes: 1, everyMs: 0 }],
  [{ bytes: 1.5, everyMs: 1 }],
  [7],
])('%j is refused at the call', (limit) => {
  expect(() => new Simulation().host('a').limitReading(limit as never)).toThrow(/bytes|everyMs/);
});

test('a portion that comes in the instant when it is received together with the rest is not offered twice', () => {
  const { sim, server, client } = world();
  const link = sim.link('app', 'db').latency({ delayMsMin: 50 });
  sim.host('db').limitReading({ bytes: 3, everyMs: 100 });
  sim.at(200, () => void client.send(bytes('abcd')));
  sim.at(249, () => {
    link.latency({ delayMsMin: 101 });
    client.send(bytes('e'));
  });
  run(sim);
  expect(server.events).toEqual([
    [250, 'data abc'],
    [350, 'data de'],
  ]);
});
