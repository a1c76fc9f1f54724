// Listening in all its forms, closing, limits.
import type { AddressInfo, ListenOptions, Server, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createNet } from '../../src/net/index.ts';
import { NetWorld } from './support/net-world.ts';

test('a port asked for with 0 is known right after listen', () => {
  const { serverNet } = new NetWorld();
  const server = serverNet.createServer().listen(0);
  expect(server.listening).toBe(true);
  expect(server.address()).toEqual({ address: '::', family: 'IPv6', port: expect.any(Number) });
  expect((server.address() as AddressInfo).port).toBeGreaterThan(0);
});

for (const [form, listen] of Object.entries({
  port: (server: Server) => server.listen(80),
  'port, callback': (server: Server) => server.listen(80, () => {}),
  'port, host': (server: Server) => server.listen(80, '10.0.0.1'),
  'port, host, backlog': (server: Server) => server.listen(80, '10.0.0.1', 5),
  'port, backlog': (server: Server) => server.listen(80, 5),
  'a port as a string': (server: Server) => server.listen('80' as never),
  options: (server: Server) => server.listen({ port: 80 }),
  'options with a name': (server: Server) => server.listen({ port: 80, host: 'server', backlog: 5 }),
  'options with exclusive': (server: Server) => server.listen({ port: 80, exclusive: true }),
})) {
  test(`listen takes ${form}`, async () => {
    const world = new NetWorld();
    const server = world.serverNet.createServer(() => world.note('accepted'));
    world.record(server, ['listening']);
    listen(server);
    await world.run();
    world.net.connect(80, 'server');
    await world.run();
    expect(world.events).toEqual([['listening'], ['accepted']]);
  });
}

for (const listen of [
  (server: Server) => server.listen(),
  (server: Server) => server.listen(() => {}),
  (server: Server) => server.listen(null as never),
  (server: Server) => server.listen(undefined as never),
  (server: Server) => server.listen({ port: undefined } as ListenOptions),
]) {
  test(`${listen} listens on a free port`, async () => {
    const world = new NetWorld();
    const server = listen(world.serverNet.createServer());
    await world.run();
    expect((server.address() as AddressInfo).port).toBeGreaterThan(1023);
  });
}

for (const [given, code] of [
  [{}, 'ERR_INVALID_ARG_VALUE'],
  [{ host: 'server' }, 'ERR_INVALID_ARG_VALUE'],
  [{ port: 65536 }, 'ERR_SOCKET_BAD_PORT'],
  [{ port: 'x' }, 'ERR_SOCKET_BAD_PORT'],
  [{ port: true }, 'ERR_INVALID_ARG_VALUE'],
  [{ path: 0 }, 'ERR_INVALID_ARG_VALUE'],
  [{ port: 80, signal: 'INVALID' }, 'ERR_INVALID_ARG_TYPE'],
] as const) {
  test(`listen(${JSON.stringify(given)}) throws ${code} at the call`, () => {
    const server = new NetWorld().serverNet.createServer();
    expect(() => server.listen(given as never)).toThrow(expect.objectContaining({ code }));
  });
}

test('listen on an address in use reports EADDRINUSE with its target', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80, '10.0.0.1');
  const errors: unknown[] = [];
  const server = world.serverNet.createServer().on('error', (error) => errors.push(error));
  server.listen(80, '10.0.0.1', () => world.note('listening'));
  await world.run();
  expect(errors).toEqual([
    Object.assign(new Error('listen EADDRINUSE: address already in use 10.0.0.1:80'), {
      errno: -98,
      code: 'EADDRINUSE',
      syscall: 'listen',
      address: '10.0.0.1',
      port: 80,
    }),
  ]);
  expect([server.listening, server.address(), world.events]).toEqual([false, null, []]);
});

test('after a listen that failed, a server listens elsewhere', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80);
  const server = world.serverNet.createServer();
  server.on('error', () => server.listen(81));
  world.record(server, ['listening']);
  server.listen(80);
  await world.run();
  expect([world.events, (server.address() as AddressInfo).port]).toEqual([[['listening']], 81]);
});

test('an address of another machine cannot be listened on', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer();
  world.record(server, ['error']);
  server.listen(80, '10.0.0.2');
  await world.run();
  expect(world.events).toEqual([['error', 'EADDRNOTAVAIL']]);
});

test('a name that is unknown cannot be listened on', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer();
  world.record(server, ['error']);
  server.listen(80, 'nowhere');
  await world.run();
  expect(world.events).toEqual([['error', 'ENOTFOUND']]);
});

test('listen while listening throws ERR_SERVER_ALREADY_LISTEN', () => {
  const server = new NetWorld().serverNet.createServer().listen(80);
  expect(() => server.listen(81)).toThrow(expect.objectContaining({ code: 'ERR_SERVER_ALREADY_LISTEN' }));
});

test('ipv6Only leaves IPv4 out', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen({ port: 80, host: '::', ipv6Only: true });
  world.record(world.net.connect(80, '10.0.0.1'), ['connect', 'error']);
  world.record(world.serverNet.connect(80, '::1'), ['connect', 'error']);
  await world.run();
  expect(world.events.sort()).toEqual([['connect'], ['error', 'ECONNREFUSED']]);
});

test('a server on a path tells the path as its address', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer((socket) => socket.end()).listen('/run/a.sock');
  await world.run();
  expect(server.address()).toBe('/run/a.sock');
  const socket = world.serverNet.connect('/run/a.sock').resume();
  world.record(socket, ['connect', 'end']);
  await world.run();
  expect([world.events, socket.remoteAddress, socket.address()]).toEqual([
    [['connect'], ['end']],
    undefined,
    {},
  ]);
});

test('listen with an aborted signal closes at once', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer();
  world.record(server, ['listening', 'close']);
  server.listen({ port: 80, signal: AbortSignal.abort() });
  await world.run();
  expect(world.events).toEqual([['close']]);
});

test('the signal of listen closes the server later', async () => {
  const world = new NetWorld();
  const controller = new AbortController();
  const server = world.serverNet.createServer().listen({ port: 80, signal: controller.signal });
  world.record(server, ['close']);
  await world.run();
  controller.abort();
  await world.run();
  expect([world.events, server.listening]).toEqual([[['close']], false]);
});

test('close before the name is found never listens', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer();
  world.record(server, ['listening', 'close']);
  server.listen(80, 'server').close();
  await world.run();
  expect(world.events).toEqual([['close']]);
});

test('close of a server that does not listen is ERR_SERVER_NOT_RUNNING', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().close((error) => world.note(error));
  await world.run();
  expect(world.events).toEqual([['ERR_SERVER_NOT_RUNNING']]);
});

test("close waits for the server's connections", async () => {
  const world = new NetWorld();
  const sockets: Socket[] = [];
  const server = world.serverNet.createServer((socket) => sockets.push(socket)).listen(80);
  world.record(server, ['close']);
  const socket = world.net.connect(80, 'server').resume();
  await world.run();
  server.close(() => world.note('callback'));
  await world.run();
  expect([world.events, server.listening, server.address()]).toEqual([[], false, null]);
  world.record(world.net.connect(80, 'server'), ['error']);
  await world.run();
  sockets[0].end();
  socket.end();
  sockets[0].resume();
  await world.run();
  expect(world.events).toEqual([['error', 'ECONNREFUSED'], ['close'], ['callback']]);
});

test('a server that closes in the connect of a client on its own host has accepted it', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer((socket) => {
    world.record(socket, ['end'], 'server ');
    world.note('accepted');
    socket.resume();
  });
  server.listen(80);
  const client = world.serverNet.connect(80, '127.0.0.1', () => {
    world.note('connected');
    server.close();
    client.end();
  });
  world.record(client.resume(), ['error', 'close'], 'client ');
  await world.run();
  expect(world.events).toEqual([['accepted'], ['connected'], ['server end'], ['client close', false]]);
});

test('await using closes the server', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer().listen(80);
  const disposed = server[Symbol.asyncDispose]();
  await world.run();
  await disposed;
  expect(server.listening).toBe(false);
});

test('above maxConnections a connection is closed, told by drop', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer().listen(80, '0.0.0.0');
  server.maxConnections = 1;
  server.on('drop', (dropped) => world.note('drop', dropped));
  world.net.connect({ port: 80, host: 'server', localPort: 5001 });
  await world.run();
  world.record(world.net.connect({ port: 80, host: 'server', localPort: 5002 }).resume(), ['connect', 'end']);
  await world.run();
  server.getConnections((error, count) => world.note('connections', error, count));
  await world.run();
  expect(world.events).toEqual([
    ['connect'],
    [
      'drop',
      {
        localAddress: '10.0.0.1',
        localFamily: 'IPv4',
        localPort: 80,
        remoteAddress: '10.0.0.2',
        remoteFamily: 'IPv4',
        remotePort: 5002,
      },
    ],
    ['end'],
    ['connections', null, 1],
  ]);
});

test('a connection that closes makes room below maxConnections', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer((socket) => socket.end()).listen(80);
  server.maxConnections = 1;
  for (let round = 0; round < 3; round += 1) {
    world.record(world.net.connect(80, 'server').resume(), ['end']);
    await world.run();
  }
  expect(world.events).toEqual([['end'], ['end'], ['end']]);
});

test('pauseOnConnect hands over a socket that has read nothing', async () => {
  const world = new NetWorld();
  let accepted: Socket | undefined;
  world.serverNet
    .createServer({ pauseOnConnect: true }, (socket) => {
      accepted = socket;
      world.record(socket, ['data']);
    })
    .listen(80);
  world.net.connect(80, 'server').write('hello');
  await world.run();
  expect([accepted?.bytesRead, world.events]).toEqual([0, []]);
  accepted?.resume();
  await world.run();
  expect(world.events).toEqual([['data', 'hello']]);
});

test('pause before the connection keeps data back until resume', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => socket.end('data')).listen(80);
  const socket = world.net.connect(80, 'server');
  socket.pause();
  world.record(socket, ['data']);
  await world.run();
  expect(world.events).toEqual([]);
  socket.resume();
  await world.run();
  expect(world.events).toEqual([['data', 'data']]);
});

test('a rejected listener destroys its connection with captureRejections', async () => {
  const world = new NetWorld();
  const { Server } = world.serverNet as never as { Server: new (options: object) => Server };
  const server = new Server({ captureRejections: true });
  server.on('connection', async (socket: Socket) => {
    world.record(socket, ['error']);
    throw new Error('rejected');
  });
  server.listen(80);
  world.record(world.net.connect(80, 'server').resume(), ['end']);
  await world.run();
  expect(world.events.sort()).toEqual([['end'], ['error', 'rejected']]);
});

test('a server that is not given an object as options throws', () => {
  const { serverNet } = new NetWorld();
  expect(() => serverNet.createServer('path' as never)).toThrow(
    'The "options" argument must be of type object. Received type string (\'path\')',
  );
});

test('a file descriptor cannot be listened on: EINVAL', async () => {
  const world = new NetWorld();
  const server = world.serverNet.createServer();
  world.record(server, ['error']);
  server.listen({ fd: 0 });
  await world.run();
  expect(world.events).toEqual([['error', 'EINVAL']]);
});

test("with the program's file system a listening path is a file until close", async () => {
  const world = new NetWorld();
  const files = world.serverHost.volume;
  files.mkdirSync('/run');
  files.writeFileSync('/run/no-socket', '');
  const net = createNet(world.serverHost, { files });
  const server = net.createServer().listen({ path: '/run/a.sock', readableAll: true, writableAll: true });
  expect((files.statSync('/run/a.sock').mode as number) & 0o777).toBe(0o777);
  world.record(net.createServer().listen('/run/a.sock'), ['error'], 'same path ');
  world.record(net.createServer().listen('/nowhere/a.sock'), ['error'], 'no directory ');
  await world.run();
  world.record(net.connect('/run/a.sock'), ['connect'], 'socket ');
  await world.run();
  world.record(net.connect('/run/no-socket'), ['error'], 'file ');
  await world.run();
  server.close();
  world.record(net.connect('/run/a.sock'), ['error'], 'closed ');
  await world.run();
  expect(world.events).toEqual([
    ['same path error', 'EADDRINUSE'],
    ['no directory error', 'EACCES'],
    ['socket connect'],
    ['file error', 'ECONNREFUSED'],
    ['closed error', 'ENOENT'],
  ]);
});
