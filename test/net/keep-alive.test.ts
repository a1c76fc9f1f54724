// setKeepAlive on a simulated connection: what libuv asks of the kernel, on virtual time.
import { expect, test } from 'vitest';
import { NetWorld } from './support/net-world.ts';

/** When, and with which code, a client learns that its server's machine has lost power at 100 ms. */
async function deathOf(options: { keepAlive?: boolean; keepAliveInitialDelay?: number }): Promise<unknown[]> {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80);
  const client = world.net.connect({ port: 80, host: 'server', ...options });
  client.on('error', (error) => world.note(world.sim.nowMs, (error as NodeJS.ErrnoException).code));
  world.sim.at(100, () => world.serverHost.crash());
  await world.run();
  return world.events;
}

test('a silent server is given up after the delay and ten questions, a second apart', async () => {
  expect(await deathOf({ keepAlive: true, keepAliveInitialDelay: 5000 })).toEqual([[15_004, 'ETIMEDOUT']]);
});

test("without a delay the kernel's times hold: two hours, then nine questions 75 seconds apart", async () => {
  expect(await deathOf({ keepAlive: true })).toEqual([[4 + 7_200_000 + 675_000, 'ETIMEDOUT']]);
});

test('without keep-alive nobody hears that a server has gone', async () => {
  expect(await deathOf({})).toEqual([]);
});

test('a server with keepAlive notices that a client has gone', async () => {
  const world = new NetWorld();
  world.serverNet
    .createServer({ keepAlive: true, keepAliveInitialDelay: 3000 }, (socket) => {
      socket.on('error', (error) => world.note(world.sim.nowMs, (error as NodeJS.ErrnoException).code));
    })
    .listen(80);
  world.net.connect(80, 'server');
  world.sim.at(100, () => world.clientHost.crash());
  await world.run();
  expect(world.events).toEqual([[13_003, 'ETIMEDOUT']]);
});

test('a keep-alive delay of Infinity is the default delay, as in 32 bits', async () => {
  const world = new NetWorld();
  world.serverNet.createServer({ keepAlive: true, keepAliveInitialDelay: Infinity }, () => {}).listen(80);
  const socket = world.net.connect(80, 'server', () => socket.setKeepAlive(true, Infinity));
  world.record(socket, ['connect', 'error']);
  await world.run(1000);
  expect(world.events).toEqual([['connect']]);
});
