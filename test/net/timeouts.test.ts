import * as genuine from 'node:net';
import { expect, test } from 'vitest';
import { NetWorld } from './support/net-world.ts';

test("a socket's time-out comes on the host's clock", async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server');
  socket.setTimeout(30_000, () => {
    world.note('timeout', world.sim.nowMs, socket.timeout);
    socket.destroy();
  });
  await world.run();
  expect(world.events).toEqual([['timeout', 30_002, 30_000]]);
});

test('activity puts the time-out off', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.pipe(socket)).listen(80);
  const socket = world.net.connect(80, 'server').resume();
  socket.setTimeout(1000, () => {
    world.note('timeout', world.sim.nowMs);
    socket.destroy();
  });
  world.clientHost.clock.setTimer(900, () => socket.write('x'));
  await world.run();
  expect(world.events).toEqual([['timeout', 1902]]);
});

test('a time-out does not close the socket, and comes again only after activity', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server');
  socket.setTimeout(1000);
  world.record(socket, ['timeout', 'close']);
  await world.run();
  expect(world.events).toEqual([['timeout']]);
  socket.write('x');
  await world.run();
  expect(world.events).toEqual([['timeout'], ['timeout']]);
});

test('setTimeout(0) switches it off, with its listener', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server');
  const listener = (): void => world.note('timeout');
  socket.setTimeout(1000, listener);
  socket.setTimeout(0, listener);
  expect(socket.listenerCount('timeout')).toBe(0);
  await world.run();
  expect(world.events).toEqual([]);
});

test("connect's own timeout option sets it", async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect({ port: 80, host: 'server', timeout: 500 } as never);
  world.record(socket, ['timeout']);
  await world.run();
  expect([socket.timeout, world.events]).toEqual([500, [['timeout']]]);
});

for (const value of ['100', true, {}, undefined, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`setTimeout(${String(value)}) throws at the call`, () => {
    const socket = new new NetWorld().net.Socket();
    expect(() => socket.setTimeout(value as number)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)/) }),
    );
  });
}

test('a write that makes progress is no idleness', async () => {
  const world = new NetWorld();
  world.serverNet
    .createServer((socket) => {
      socket.pause();
      // Takes a little every 600 ms.
      const read = (): void => {
        socket.once('data', () => socket.pause());
        socket.resume();
        world.serverHost.clock.setTimer(600, read);
      };
      read();
    })
    .listen(80);
  const socket = world.net.connect(80, 'server');
  socket.write(Buffer.alloc(1 << 20));
  socket.setTimeout(1000, () => world.note('timeout'));
  await world.run(5000);
  expect(world.events).toEqual([]);
  socket.destroy();
});

test("the idle timer is where Node's sockets keep theirs, for those who look", async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server');
  const key = Object.getOwnPropertySymbols(new genuine.Socket()).find(
    ({ description }) => description === 'timeout',
  ) as symbol;
  const timer = (): { _idleTimeout: number; _idleStart: number } | null =>
    (socket as unknown as Record<symbol, never>)[key];
  expect(timer()).toBe(null);
  socket.setTimeout(5000);
  expect(timer()).toMatchObject({ _idleTimeout: 5000, _idleStart: 0 });
  world.clientHost.clock.setTimer(1500, () => socket.write('activity'));
  socket.once('timeout', () => world.note(Math.floor(timer()?._idleStart ?? 0)));
  await world.run();
  expect(world.events).toEqual([[1500]]);
  socket.destroy();
  expect(timer()?._idleTimeout).toBe(-1);
});
