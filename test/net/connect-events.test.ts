import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { NetWorld } from './support/net-world.ts';

test('a connection by name tells lookup, attempt, connect, ready in this order', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer((socket) => socket.end()).listen(80);
  const socket = world.net.connect(80, 'server');
  world.record(socket, ['lookup', 'connectionAttempt', 'connect', 'ready', 'end', 'close']);
  socket.resume();
  await world.run();
  server.close();
  expect(world.events).toEqual([
    ['lookup', null, '10.0.0.1', 4, 'server'],
    ['connectionAttempt', '10.0.0.1', 80, 4],
    ['connect'],
    ['ready'],
    ['end'],
    ['close', false],
  ]);
});

test('a connection by address has no lookup', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.end()).listen(80);
  const socket = world.net.connect(80, '10.0.0.1');
  world.record(socket, ['lookup', 'connectionAttempt', 'connect']);
  await world.run();
  expect(world.events).toEqual([['connectionAttempt', '10.0.0.1', 80, 4], ['connect']]);
});

test('no event arrives inside the call of connect', async () => {
  const world = new NetWorld();
  const socket = world.net.connect(81, '10.0.0.1');
  world.record(socket, ['connectionAttempt', 'error', 'close']);
  expect(world.events).toEqual([]);
  await world.run();
  expect(world.events.map(([name]) => name)).toEqual(['connectionAttempt', 'error', 'close']);
});

test('connect to a port nobody listens on reports ECONNREFUSED with its target', async () => {
  const world = new NetWorld();
  const errors: unknown[] = [];
  world.net.connect(81, '10.0.0.1').on('error', (error) => errors.push(error));
  await world.run();
  expect(errors).toEqual([
    Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:81'), {
      errno: -111,
      code: 'ECONNREFUSED',
      syscall: 'connect',
      address: '10.0.0.1',
      port: 81,
    }),
  ]);
});

test('an unknown name is ENOTFOUND, told by lookup first', async () => {
  const world = new NetWorld();
  const socket = world.net.connect(80, 'nowhere');
  const errors: Error[] = [];
  world.record(socket, ['lookup', 'error', 'close']);
  socket.on('error', (error) => errors.push(error));
  await world.run();
  expect(world.events).toEqual([
    ['lookup', 'ENOTFOUND', undefined, undefined, 'nowhere'],
    ['error', 'ENOTFOUND'],
    ['close', true],
  ]);
  expect(errors[0]).toMatchObject({
    message: 'getaddrinfo ENOTFOUND nowhere',
    syscall: 'getaddrinfo',
    hostname: 'nowhere',
  });
});

test('readyState is open before connect as in Node, then opening, open, writeOnly after the end of stream, closed', async () => {
  const world = new NetWorld();
  world.serverNet.createServer({ allowHalfOpen: true }, (socket) => socket.end()).listen(80);
  const socket = new world.net.Socket({ allowHalfOpen: true });
  const states: string[] = [];
  const look = (): void => {
    states.push(socket.readyState);
  };
  for (const name of ['connect', 'end', 'close']) socket.on(name, look);
  look();
  socket.connect(80, 'server').resume();
  look();
  socket.on('end', () => socket.end());
  await world.run();
  expect(states).toEqual(['open', 'opening', 'open', 'writeOnly', 'closed']);
});

test('connecting holds from connect to the connection', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80);
  const socket = new world.net.Socket();
  expect([socket.connecting, socket.pending]).toEqual([false, true]);
  socket.connect(80, 'server', () => world.note(socket.connecting, socket.pending));
  expect([socket.connecting, socket.pending]).toEqual([true, true]);
  await world.run();
  expect(world.events).toEqual([[false, false]]);
  socket.destroy();
  expect([socket.connecting, socket.pending]).toEqual([false, true]);
});

test('a socket that was destroyed connects again', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.end('hello')).listen(80);
  const socket = new world.net.Socket();
  socket.on('data', (data) => world.note('data', data));
  let rounds = 0;
  socket.on('close', () => {
    rounds += 1;
    if (rounds < 3) socket.connect(80, 'server');
  });
  socket.connect(80, 'server');
  await world.run();
  expect(world.events).toEqual([
    ['data', 'hello'],
    ['data', 'hello'],
    ['data', 'hello'],
  ]);
});

test('destroy before the connection tells close, never connect', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80);
  const socket = world.net.connect(80, 'server');
  world.record(socket, ['lookup', 'connect', 'error', 'close']);
  socket.destroy();
  await world.run();
  expect(world.events).toEqual([['close', false]]);
});

test("an exception of a handler is the process's own", async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.end('x')).listen(80);
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const caught = new Promise((resolve) => process.once('uncaughtException', resolve));
  const socket: Socket = world.net.connect(80, 'server');
  socket.on('data', () => {
    throw new RangeError('thrown by a handler');
  });
  await world.run();
  await expect(caught).resolves.toMatchObject({ message: 'thrown by a handler' });
  for (const listener of before) process.on('uncaughtException', listener);
});
