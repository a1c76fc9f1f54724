import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import * as genuine from 'node:net';
import { Duplex } from 'node:stream';
import { inherits } from 'node:util';
import { expect, test } from 'vitest';
import { contextOf, createNet, serverMethodsOf } from '../../src/net/index.ts';
import { NetWorld } from './support/net-world.ts';

test("a socket is a Duplex, and not the genuine net's Socket", () => {
  const { net } = new NetWorld();
  const socket = new net.Socket();
  expect(socket).toBeInstanceOf(net.Socket);
  expect(socket).toBeInstanceOf((net as unknown as { Stream: typeof net.Socket }).Stream);
  expect(socket).toBeInstanceOf(Duplex);
  expect(socket).not.toBeInstanceOf(genuine.Socket);
  expect((socket as unknown as { _handle: unknown })._handle).toBe(null);
});

test('everything that node:net documents is there', () => {
  const { net } = new NetWorld();
  // BoundSocket, of Node 24, is about descriptors.
  const absent = ['default', 'BoundSocket'];
  const documented = Object.keys(genuine).filter((name) => !name.startsWith('_') && !absent.includes(name));
  expect(documented.filter((name) => !(name in net))).toEqual([]);
});

test('a class extends Socket', async () => {
  const world = new NetWorld();
  class Greeter extends world.net.Socket {
    readonly greeting = 'hello';
  }
  world.serverNet.createServer((socket) => world.record(socket, ['data'])).listen(80);
  const socket = new Greeter();
  socket.connect(80, 'server').end(socket.greeting);
  await world.run();
  expect(world.events).toEqual([['data', 'hello']]);
});

test('an old-style constructor inherits from Socket', async () => {
  const world = new NetWorld();
  function Old(this: unknown): void {
    (world.net.Socket as unknown as () => void).call(this);
  }
  inherits(Old as never, world.net.Socket as never);
  world.serverNet.createServer((socket) => world.record(socket, ['data'])).listen(80);
  const socket = new (Old as unknown as new () => genuine.Socket)();
  socket.connect(80, 'server').end('hello');
  await world.run();
  expect(world.events).toEqual([['data', 'hello']]);
});

test('Server is called with and without new', () => {
  const { net } = new NetWorld();
  const make = net.Server as unknown as (...args: unknown[]) => genuine.Server;
  expect(make()).toBeInstanceOf(net.Server);
  expect(new net.Server()).toBeInstanceOf(net.Server);
  expect(make(() => {}).listenerCount('connection')).toBe(1);
});

test('each callback keeps the async context of its socket', async () => {
  const world = new NetWorld();
  const storage = new AsyncLocalStorage<string>();
  storage.run('server', () => {
    world.serverNet
      .createServer((socket) => {
        world.note('connection', storage.getStore());
        socket.on('data', () => world.note('data', storage.getStore()));
      })
      .listen(80);
  });
  storage.run('client', () => {
    const socket = world.net.connect(80, 'server');
    socket.on('connect', () => world.note('connect', storage.getStore()));
    socket.on('close', () => world.note('close', storage.getStore()));
    socket.end('x').resume();
  });
  await world.run();
  expect(world.events).toEqual([
    ['connect', 'client'],
    ['connection', 'server'],
    ['data', 'server'],
    ['close', 'client'],
  ]);
});

test('open handles say what is open, whether it keeps a process alive', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer((socket) => socket.resume()).listen(80, '0.0.0.0');
  const socket = world.net.connect({ port: 80, host: 'server', localPort: 5000 });
  await world.run();
  const open = () =>
    [...contextOf(world.net).openHandles, ...contextOf(world.serverNet).openHandles].map((handle) => [
      handle.describe(),
      handle.keepsAlive,
    ]);
  expect(open()).toEqual([
    ['socket 10.0.0.2:5000 → 10.0.0.1:80', true],
    ['server listening on 0.0.0.0:80', true],
    ['socket 10.0.0.1:80 → 10.0.0.2:5000', true],
  ]);
  socket.unref();
  server.unref();
  expect(open().map(([, keepsAlive]) => keepsAlive)).toEqual([false, false, true]);
  socket.destroy();
  server.close();
  await world.run();
  expect(open()).toEqual([]);
});

test('an open handle is disposed of at once', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => world.record(socket.resume(), ['error'])).listen(80);
  world.record(world.net.connect(80, 'server'), ['close']);
  await world.run();
  for (const handle of contextOf(world.net).openHandles) handle.dispose();
  await world.run();
  expect(world.events).toEqual([
    ['close', false],
    ['error', 'ECONNRESET'],
  ]);
});

test('with tracksOrigins a handle remembers the call that opened it', async () => {
  const world = new NetWorld();
  const net = createNet(world.clientHost, { tracksOrigins: true });
  net.connect(80, 'server').on('error', () => {});
  const handle = [...contextOf(net).openHandles].find(({ kind }) => kind === 'socket');
  expect(handle?.origin).toContain('module.test.ts');
  await world.run();
});

test('a lookup is an open handle until it is answered', async () => {
  const world = new NetWorld();
  const net = createNet(world.clientHost);
  const server = net.createServer().listen(80, 'localhost');
  const { openHandles } = contextOf(net);
  expect([...openHandles].map((handle) => handle.describe())).toEqual(['lookup of localhost']);
  await world.run();
  expect([...openHandles].map((handle) => handle.kind)).toEqual(['server']);
  server.close();
  await world.run();
});

test('every address of 127.0.0.0/8 is the machine itself', async () => {
  const world = new NetWorld();
  const net = createNet(world.clientHost);
  const seen: unknown[] = [];
  const server = net.createServer((socket) => {
    seen.push(socket.remoteAddress, socket.localAddress);
    socket.end();
    server.close();
  });
  server.listen(80, '127.0.0.3');
  net.connect({ port: 80, host: '127.0.0.3', localAddress: '127.0.0.2' }).resume();
  await world.run();
  expect(seen).toEqual(['127.0.0.2', '127.0.0.3']);
});

test('chunks that were written while the socket was corked arrive as one', async () => {
  const world = new NetWorld();
  const net = createNet(world.clientHost);
  const chunks: string[] = [];
  const server = net.createServer((socket) => {
    socket.on('data', (bytes) => chunks.push(String(bytes)));
    server.close();
  });
  server.listen(80, '127.0.0.1');
  const client = net.connect(80, '127.0.0.1', () => {
    client.cork();
    for (const text of ['one ', 'two ', 'three']) client.write(text);
    client.end();
  });
  await world.run();
  expect(chunks).toEqual(['one two three']);
});

test('a host given by function is asked anew for each socket', async () => {
  const world = new NetWorld();
  let host = world.serverHost;
  const net = createNet(() => host);
  net.createServer((socket) => world.note(socket.remoteAddress)).listen(80, '0.0.0.0');
  host = world.clientHost;
  net.connect(80, 'server');
  await world.run();
  expect(world.events).toEqual([['10.0.0.2']]);
});

test('node:http speaks over the façade in both directions', async () => {
  const http = await import('node:http');
  const world = new NetWorld();
  const site = http.createServer((request, response) => response.end(`you asked for ${request.url}`));
  world.serverNet.createServer((socket) => void site.emit('connection', socket)).listen(80);
  const agent = new http.Agent({ keepAlive: false });
  (agent as unknown as { createConnection: unknown }).createConnection = () =>
    world.net.connect(80, 'server');
  http.get({ host: 'server', path: '/weather', agent }, (response) => {
    world.note(response.statusCode);
    response.setEncoding('utf8').on('data', (text) => world.note(text));
  });
  await world.run();
  expect(world.events).toEqual([[200], ['you asked for /weather']]);
});

test('a genuine http.Server listens on the façade with the methods of a façade server', async () => {
  const http = await import('node:http');
  const world = new NetWorld();
  const site = http.createServer((_request, response) => response.end('sunny'));
  Object.defineProperties(site, serverMethodsOf(world.serverNet));
  site.listen(80, () => world.note('listening', site.listening));
  const agent = new http.Agent();
  (agent as unknown as { createConnection: unknown }).createConnection = () =>
    world.net.connect(80, 'server');
  http.get({ host: 'server', agent }, (response) => {
    response.setEncoding('utf8').on('data', (text) => world.note(text));
  });
  await world.run();
  site.getConnections((_error, count) => world.note('connections', count));
  site.close(() => world.note('closed', site.address()));
  await world.run();
  expect(world.events).toEqual([['listening', true], ['sunny'], ['connections', 0], ['closed', null]]);
});

test("what Node's own net has normalized is taken as it is", async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.end()).listen(80);
  const normalize = (genuine as unknown as { _normalizeArgs(args: unknown[]): unknown[] })._normalizeArgs;
  const args = normalize([80, 'server', () => world.note('connected')]);
  const own = (world.net as unknown as { _normalizeArgs: typeof normalize })._normalizeArgs;
  expect(own([{ port: 80 }])).toEqual(normalize([{ port: 80 }]));
  (new world.net.Socket().connect as (...given: unknown[]) => void).call(new world.net.Socket(), args);
  await world.run();
  expect(world.events).toEqual([['connected']]);
  expect(() => new world.net.Socket().connect([{ port: 80 }] as never)).toThrow(
    '"options" or "port" or "path"',
  );
});

test('diagnostics channels hear of sockets made, accepted, and of listening', async () => {
  const world = new NetWorld();
  const subscriptions = [
    'net.client.socket',
    'net.server.socket',
    'tracing:net.server.listen:asyncStart',
    'tracing:net.server.listen:asyncEnd',
    'tracing:net.server.listen:error',
  ].map((name) => ({ name, listener: () => world.note(name) }));
  for (const { name, listener } of subscriptions) subscribe(name, listener);
  const server = world.serverNet.createServer((socket) => socket.destroy()).listen(80);
  world.serverNet
    .createServer()
    .on('error', () => {})
    .listen(80);
  world.net.connect(80, 'server').on('close', () => server.close());
  await world.run();
  for (const { name, listener } of subscriptions) unsubscribe(name, listener);
  expect(world.events.flat().sort()).toEqual([
    'net.client.socket',
    'net.server.socket',
    'tracing:net.server.listen:asyncEnd',
    'tracing:net.server.listen:asyncStart',
    'tracing:net.server.listen:asyncStart',
    'tracing:net.server.listen:error',
  ]);
});
