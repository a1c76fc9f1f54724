// `socket._handle` and `server._handle`: not documented, and looked at all the same.
import type net from 'node:net';
import { expect, test } from 'vitest';
import { betweenCallbacks } from '../../src/net/index.ts';
import { NetWorld } from './support/net-world.ts';

interface Handle {
  close(): void;
  fd: number;
  getAsyncId(): number;
  getpeername(out: object): number;
  getsockname(out: object): number;
  hasRef(): boolean;
  isStreamBase?: boolean;
  onconnection(status: number, connection: Handle): void;
  reading: boolean;
  ref(): void;
  setKeepAlive(enable: boolean, delaySeconds: number): void;
  setNoDelay(enable: boolean): void;
  unref(): void;
}

const handleOf = (owner: net.Socket | net.Server): Handle =>
  (owner as unknown as { _handle: Handle })._handle;

test('a connection has a handle that nothing takes for a native stream', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server');
  const handle = handleOf(socket);
  expect(handle.isStreamBase).toBe(undefined);
  expect(handle.fd).toBe(-1);
  await world.run();
  const [own, peer] = [{}, {}];
  expect([handle.getsockname(own), handle.getpeername(peer)]).toEqual([0, 0]);
  expect(own).toEqual(socket.address());
  expect(peer).toMatchObject({ address: socket.remoteAddress, port: 80 });
  expect(handle.reading).toBe(true);
  expect(handle.getAsyncId()).toBeGreaterThan(0);
  socket.unref();
  expect(handle.hasRef()).toBe(false);
  socket.ref();
  expect(handle.hasRef()).toBe(true);
  socket.destroy();
  expect(handleOf(socket)).toBe(null);
});

test.each([
  [true, 456_123, [[true, 456]]],
  ['yes', undefined, [[true, 0]]],
  [true, -5, [[true, 0]]],
  [0, 1000, []],
])('keepAlive %s with a delay of %s ms is set once connected', async (keepAlive, delayMs, expected) => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const options = { port: 80, host: 'server', keepAlive, keepAliveInitialDelay: delayMs };
  const socket = world.net.connect(options as net.NetConnectOpts);
  handleOf(socket).setKeepAlive = (...args) => world.note(...args);
  expect(world.events).toEqual([]);
  await world.run();
  expect(world.events).toEqual(expected);
});

test('noDelay is set once connected, and once only', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect({ port: 80, host: 'server', noDelay: true });
  handleOf(socket).setNoDelay = (...args) => world.note(...args);
  socket.once('connect', () => socket.setNoDelay(true));
  await world.run();
  expect(world.events).toEqual([[true]]);
});

test("a server's options reach the handle before anybody has the socket", async () => {
  const world = new NetWorld();
  const options = { keepAlive: true, keepAliveInitialDelay: 7000, noDelay: true };
  const server = world.serverNet.createServer(options, (socket) => {
    world.note('connection');
    socket.setKeepAlive(true, 7000);
    socket.setKeepAlive(true, 8000);
  });
  server.listen(80);
  const handle = handleOf(server);
  const { onconnection } = handle;
  handle.onconnection = (status, connection) => {
    connection.setKeepAlive = (...args) => world.note('setKeepAlive', ...args);
    connection.setNoDelay = (...args) => world.note('setNoDelay', ...args);
    onconnection.call(handle, status, connection);
  };
  world.net.connect(80, 'server');
  await world.run();
  expect(world.events).toEqual([
    ['setNoDelay', true],
    ['setKeepAlive', true, 7],
    ['connection'],
    ['setKeepAlive', true, 8],
  ]);
});

test("a program's own close in a handle's place may answer nothing", async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server', () => {
    const handle = handleOf(socket) as unknown as { close(closed?: () => void): void };
    const { close } = handle;
    handle.close = (closed) => {
      close.call(handle, closed);
    };
    socket.destroy();
  });
  world.record(socket, ['error', 'close']);
  await world.run();
  expect(world.events).toEqual([['close', false]]);
});

test('a write after the handle was closed is EBADF', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server', () => {
    handleOf(socket).close();
    socket.write('late');
  });
  world.record(socket, ['error']);
  await world.run();
  expect(world.events).toEqual([['error', 'EBADF']]);
});

test('a write after the handle was taken away is ERR_SOCKET_CLOSED', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server', () => {
    handleOf(socket).close();
    (socket as unknown as { _handle: null })._handle = null;
    socket.write('late');
  });
  world.record(socket, ['error']);
  await world.run();
  expect(world.events).toEqual([['error', 'ERR_SOCKET_CLOSED']]);
});

test('closing callbacks come after the immediates that were made in the same callback', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.resume()).listen(80);
  const socket = world.net.connect(80, 'server', () => {
    socket.once('close', () => world.note('close'));
    socket.destroy();
    setImmediate(() => {
      world.note('first');
      setImmediate(() => world.note('second'));
    });
  });
  await world.run();
  expect(world.events).toEqual([['first'], ['close'], ['second']]);
});

test('news waits while what a callback has queued is run in the middle of it', async () => {
  const world = new NetWorld();
  const { _tickCallback: runQueued } = process as unknown as { _tickCallback: () => void };
  const peers: net.Socket[] = [];
  world.serverNet.createServer((socket) => peers.push(socket)).listen(80);
  const [one, other] = [world.net.connect(80, 'server'), world.net.connect(80, 'server')];
  await world.run();
  one.on('data', () => {
    world.note('one');
    process.nextTick(() => world.note('tick'));
    while (world.sim.step());
    betweenCallbacks(runQueued);
    world.note('one is over');
  });
  other.on('data', () => world.note('other'));
  for (const peer of peers) peer.write('bytes');
  await world.run();
  expect(world.events).toEqual([['one'], ['tick'], ['one is over'], ['other']]);
});
