import type { NetConnectOpts, TcpNetConnectOpts } from 'node:net';
import { expect, test } from 'vitest';
import { NetWorld } from './support/net-world.ts';

async function connects(connect: (world: NetWorld) => void): Promise<unknown[][]> {
  const world = new NetWorld();
  world.serverNet.createServer(() => world.note('accepted')).listen(80);
  world.serverNet.createServer(() => world.note('accepted by path')).listen('/run/app.sock');
  connect(world);
  await world.run();
  return world.events;
}

for (const [form, connect] of Object.entries({
  'port, host': (w: NetWorld) => w.net.connect(80, 'server'),
  'port, host, callback': (w: NetWorld) => w.net.connect(80, 'server', () => {}),
  'a port as a string': (w: NetWorld) => w.net.connect({ port: '80' as never, host: 'server' }),
  'a port in hexadecimal': (w: NetWorld) => w.net.connect({ port: '0x50' as never, host: 'server' }),
  options: (w: NetWorld) => w.net.connect({ port: 80, host: 'server' }),
  'options, callback': (w: NetWorld) => w.net.connect({ port: 80, host: '10.0.0.1' }, () => {}),
  createConnection: (w: NetWorld) => w.net.createConnection(80, 'server'),
  'new Socket().connect(port, host)': (w: NetWorld) => new w.net.Socket().connect(80, 'server'),
  'Socket() without new': (w: NetWorld) =>
    (w.net.Socket as unknown as () => InstanceType<typeof w.net.Socket>)().connect({
      port: 80,
      host: 'server',
    }),
  'no host, for this machine': (w: NetWorld) => w.serverNet.connect(80),
  localhost: (w: NetWorld) => w.serverNet.connect(80, 'localhost'),
})) {
  test(`connect takes ${form}`, async () => {
    expect(await connects((world) => void connect(world))).toEqual([['accepted']]);
  });
}

for (const [form, connect] of Object.entries({
  'a path': (w: NetWorld) => w.serverNet.connect('/run/app.sock'),
  'a path, callback': (w: NetWorld) => w.serverNet.connect('/run/app.sock', () => {}),
  'a path in options': (w: NetWorld) => w.serverNet.connect({ path: '/run/app.sock' }),
})) {
  test(`connect takes ${form}`, async () => {
    expect(await connects((world) => void connect(world))).toEqual([['accepted by path']]);
  });
}

test('a path nobody listens on is ENOENT with the path as address', async () => {
  const world = new NetWorld();
  const errors: unknown[] = [];
  world.net.connect('/run/none.sock').on('error', (error) => errors.push(error));
  await world.run();
  expect(errors).toMatchObject([
    { code: 'ENOENT', message: 'connect ENOENT /run/none.sock', address: '/run/none.sock' },
  ]);
});

for (const [given, code] of [
  [{}, 'ERR_MISSING_ARGS'],
  [{ port: true }, 'ERR_INVALID_ARG_TYPE'],
  [{ port: 65536 }, 'ERR_SOCKET_BAD_PORT'],
  [{ port: -1 }, 'ERR_SOCKET_BAD_PORT'],
  [{ port: ' ' }, 'ERR_SOCKET_BAD_PORT'],
  [{ path: 5 }, 'ERR_INVALID_ARG_TYPE'],
  [{ port: 80, host: ['10.0.0.1'] }, 'ERR_INVALID_ARG_TYPE'],
  [{ port: 80, host: 'server\0' }, 'ERR_INVALID_ARG_VALUE'],
  [{ port: 80, localAddress: 'me' }, 'ERR_INVALID_IP_ADDRESS'],
  [{ port: 80, localPort: 'x' }, 'ERR_INVALID_ARG_TYPE'],
  [{ port: 80, lookup: 'x' }, 'ERR_INVALID_ARG_TYPE'],
  [{ port: 80, hints: 1 << 20 }, 'ERR_INVALID_ARG_VALUE'],
  [{ port: 80, autoSelectFamily: 'x' }, 'ERR_INVALID_ARG_TYPE'],
  [{ port: 80, autoSelectFamilyAttemptTimeout: 0 }, 'ERR_OUT_OF_RANGE'],
  [{ port: 80, objectMode: true }, 'ERR_INVALID_ARG_VALUE'],
] as const) {
  test(`connect(${JSON.stringify(given)}) throws ${code} at the call`, () => {
    const { net } = new NetWorld();
    expect(() => net.connect(given as unknown as NetConnectOpts)).toThrow(expect.objectContaining({ code }));
  });
}

test("a bad argument's message has Node's form", () => {
  const { net } = new NetWorld();
  expect(() => net.connect({ port: [] as never })).toThrow(
    'The "options.port" property must be one of type number or string. Received an instance of Array',
  );
  expect(() => net.connect({ port: 65536 })).toThrow(
    'Port should be >= 0 and < 65536. Received type number (65536).',
  );
});

test('a custom lookup is asked instead of the machine', async () => {
  const world = new NetWorld();
  world.serverNet.createServer(() => world.note('accepted')).listen(80);
  const lookup: TcpNetConnectOpts['lookup'] = (hostname, options, callback) => {
    world.note('asked', hostname, (options as { all?: boolean }).all);
    process.nextTick(callback, null, [{ address: '10.0.0.1', family: 4 }]);
  };
  world.record(world.net.connect({ port: 80, host: 'example.org', lookup }), ['lookup']);
  await world.run();
  expect(world.events).toEqual([
    ['asked', 'example.org', true],
    ['lookup', null, '10.0.0.1', 4, 'example.org'],
    ['accepted'],
  ]);
});

test('a lookup that answers with no address is ERR_INVALID_IP_ADDRESS', async () => {
  const world = new NetWorld();
  const lookup: TcpNetConnectOpts['lookup'] = (_hostname, _options, callback) => callback(null, 'abc', 4);
  world.record(world.net.connect({ port: 80, host: 'a.b', family: 4, lookup }), ['error']);
  await world.run();
  expect(world.events).toEqual([['error', 'ERR_INVALID_IP_ADDRESS']]);
});

test('a lookup that gives a list where one address was asked for is ERR_INVALID_IP_ADDRESS', async () => {
  const world = new NetWorld();
  const lookup: TcpNetConnectOpts['lookup'] = (_hostname, _options, callback) =>
    callback(null, ['10.0.0.1'] as never, 4);
  world.record(world.net.connect({ port: 80, host: 'a.b', family: 4, lookup }), ['error']);
  await world.run();
  expect(world.events).toEqual([['error', 'ERR_INVALID_IP_ADDRESS']]);
});

test('a path that is too long is EINVAL', async () => {
  const world = new NetWorld();
  const path = `/${'a'.repeat(107)}`;
  world.record(world.serverNet.createServer().listen(path), ['error'], 'listen ');
  world.record(world.net.connect(path), ['error'], 'connect ');
  await world.run();
  expect(world.events).toEqual([
    ['listen error', 'EINVAL'],
    ['connect error', 'EINVAL'],
  ]);
});

test('family 6 finds no address on a machine that has only IPv4', async () => {
  const world = new NetWorld();
  world.record(world.net.connect({ port: 80, host: 'server', family: 6 }), ['error']);
  await world.run();
  expect(world.events).toEqual([['error', 'ENOTFOUND']]);
});

test('localPort is the port the peer sees', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => world.note(socket.remotePort)).listen(80);
  world.net.connect({ port: 80, host: 'server', localPort: 5555 });
  await world.run();
  expect(world.events).toEqual([[5555]]);
});

test('a socket knows its own address while it connects', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => world.note('server', socket.remotePort)).listen(80);
  const socket = world.net.connect(80, '10.0.0.1');
  setImmediate(() => world.note('client', socket.connecting, socket.localAddress, socket.localPort));
  await world.run();
  expect(world.events).toEqual([
    ['client', true, '10.0.0.2', 32768],
    ['server', 32768],
  ]);
});

test('who asks for an address before there is one hears of none until the socket is connected', async () => {
  const world = new NetWorld();
  world.serverNet.createServer(() => {}).listen(80);
  const socket = world.net.connect(80, '10.0.0.1', () => world.note(socket.localPort));
  world.note(socket.localPort);
  setImmediate(() => world.note(socket.connecting, socket.localPort));
  await world.run();
  expect(world.events).toEqual([[undefined], [true, undefined], [32768]]);
});

test.each(['', '0.0.0.0', '::'])(
  'localAddress %j leaves the address to the machine',
  async (localAddress) => {
    const world = new NetWorld();
    world.serverNet.createServer((socket) => world.note(socket.remoteAddress)).listen(80, '0.0.0.0');
    world.net.connect({ port: 80, host: 'server', localAddress });
    await world.run();
    expect(world.events).toEqual([['10.0.0.2']]);
  },
);

test('localAddress that the machine does not have is a bind error', async () => {
  const world = new NetWorld();
  const errors: unknown[] = [];
  world.net
    .connect({ port: 80, host: 'server', localAddress: '192.0.2.7' })
    .on('error', (error) => errors.push(error));
  await world.run();
  expect(errors).toMatchObject([
    { code: 'EADDRNOTAVAIL', syscall: 'bind', address: '192.0.2.7', message: 'bind EADDRNOTAVAIL 192.0.2.7' },
  ]);
});

test('a local port on which this machine listens is EADDRINUSE', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80);
  world.net.createServer().listen(5555);
  const errors: unknown[] = [];
  world.net
    .connect({ port: 80, host: 'server', localAddress: '10.0.0.2', localPort: 5555 })
    .on('error', (error) => errors.push(error));
  await world.run();
  expect(errors).toMatchObject([
    {
      code: 'EADDRINUSE',
      syscall: 'bind',
      address: '10.0.0.2',
      port: 5555,
      message: 'bind EADDRINUSE 10.0.0.2:5555',
    },
  ]);
});

test('a socket knows both its ends', async () => {
  const world = new NetWorld();
  world.serverNet
    .createServer((peer) => world.note('server', peer.localAddress, peer.localPort, peer.remoteAddress))
    .listen(80, '0.0.0.0');
  const socket = world.net.connect({ port: 80, host: 'server', localPort: 5555 });
  expect([socket.address(), socket.remoteAddress]).toEqual([{}, undefined]);
  socket.on('connect', () => {
    world.note(socket.address());
    world.note(socket.remoteAddress, socket.remoteFamily, socket.remotePort);
    socket.destroy();
    world.note(socket.address(), socket.remotePort);
  });
  await world.run();
  expect(world.events).toEqual([
    [{ address: '10.0.0.2', family: 'IPv4', port: 5555 }],
    ['10.0.0.1', 'IPv4', 80],
    [{}, 80],
    ['server', '10.0.0.1', 80, '10.0.0.2'],
  ]);
});

test('a dual-stack server sees IPv4 peers as mapped addresses', async () => {
  const world = new NetWorld();
  world.serverNet.createServer((socket) => world.note(socket.remoteAddress, socket.remoteFamily)).listen(80);
  world.net.connect(80, 'server');
  await world.run();
  expect(world.events).toEqual([['::ffff:10.0.0.2', 'IPv6']]);
});

test('signal destroys the socket with an AbortError', async () => {
  const world = new NetWorld();
  world.serverNet.createServer().listen(80);
  const controller = new AbortController();
  const socket = world.net.connect({ port: 80, host: 'server', signal: controller.signal });
  world.record(socket, ['connect', 'error', 'close']);
  controller.abort();
  await world.run();
  expect(world.events).toEqual([
    ['error', 'ABORT_ERR'],
    ['close', true],
  ]);
});

test('a signal that is aborted already destroys the socket, too', async () => {
  const world = new NetWorld();
  const socket = world.net.connect({ port: 80, host: 'server', signal: AbortSignal.abort() });
  world.record(socket, ['connect', 'error', 'close']);
  await world.run();
  expect(world.events).toEqual([
    ['error', 'ABORT_ERR'],
    ['close', true],
  ]);
});

test('a signal that is none is refused at the call', () => {
  const { net } = new NetWorld();
  expect(() => net.connect({ port: 80, signal: 'no' as never })).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }),
  );
});
