// What a server and a client of node:net hear when their machine runs out of something.
import { expect, test } from 'vitest';
import { NetWorld } from './support/net-world.ts';

test.each(['EMFILE', 'ENFILE'] as const)(
  'a server without descriptors (%s) hears nothing, and whoever waits is reset, as with libuv',
  async (code) => {
    const world = new NetWorld();
    const server = world.serverNet.createServer((socket) => socket.end('hi')).listen(80);
    world.record(server, ['error', 'connection'], 'server ');
    world.serverHost.resources.failNext('accept', code);
    world.record(world.net.connect(80, 'server').resume(), ['connect', 'end', 'error'], 'first ');
    await world.run();
    world.record(world.net.connect(80, 'server').resume(), ['connect', 'end', 'error'], 'second ');
    await world.run();
    expect(
      world.events.map(([name, value]) => (typeof value === 'string' ? `${name} ${value}` : name)),
    ).toEqual([
      'first connect',
      'first error ECONNRESET',
      'second connect',
      'server connection',
      'second end',
    ]);
  },
);

test('a server without memory hears accept ENOBUFS, and goes on', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer((socket) => socket.end('hi')).listen(80);
  const errors: string[] = [];
  server.on('error', (error) => errors.push(error.message));
  world.serverHost.resources.failNext('accept', 'ENOBUFS');
  world.record(world.net.connect(80, 'server').resume(), ['end']);
  await world.run();
  expect(errors).toEqual(['accept ENOBUFS']);
  expect(world.events).toEqual([['end']]);
});

test('a connection that died while it waited is not heard of', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer().listen(80);
  world.record(server, ['error', 'connection'], 'server ');
  world.serverHost.resources.failNext('accept', 'ECONNABORTED');
  world.record(world.net.connect(80, 'server').resume(), ['error']);
  await world.run();
  expect(world.events).toEqual([['error', 'ECONNRESET']]);
});

test('a client without descriptors is told EMFILE by connect', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80);
  world.clientHost.resources.limitDescriptors(0);
  const messages: string[] = [];
  world.net.connect(80, '10.0.0.1').on('error', (error) => messages.push(error.message));
  await world.run();
  expect(messages).toEqual(['connect EMFILE 10.0.0.1:80']);
});

test('a server on a reserved port is told EACCES by listen', async () => {
  const world = new NetWorld();
  world.serverHost.resources.reservePortsBelow(1024);
  const messages: string[] = [];
  world.serverNet
    .createServer()
    .listen(80)
    .on('error', (error) => messages.push(error.message));
  await world.run();
  expect(messages).toEqual(['listen EACCES: permission denied :::80']);
});

test('a name that cannot be resolved at the moment is told by getaddrinfo', async () => {
  const world = new NetWorld();
  world.sim.network.naming.failNext('server', 'EAI_AGAIN', 1);
  const messages: string[] = [];
  world.net.connect(80, 'server').on('error', (error) => messages.push(error.message));
  await world.run();
  expect(messages).toEqual(['getaddrinfo EAI_AGAIN server']);
});
