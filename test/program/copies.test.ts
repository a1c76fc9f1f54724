// `const { … } = require('net')` at the top of a file, before anything is installed.
import dns from 'node:dns';
import net, { type AddressInfo, type Socket as SocketType } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

const { Socket, connect, createConnection, createServer } = net;
const { lookup, resolve4, resolveSrv, reverse } = dns;
const { resolve6 } = dns.promises;
const { resolve4: resolverResolve4, setServers } = dns.promises.Resolver.prototype;

/** What `dial` is told by an echo server on another host. */
async function echoed(dial: () => SocketType): Promise<unknown[]> {
  const sim = new Simulation();
  return runProgram(sim, async () => {
    const server = createServer((socket) => socket.pipe(socket));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
    const socket = dial();
    const events: string[] = [];
    for (const event of ['connect', 'ready', 'end', 'close']) socket.on(event, () => events.push(event));
    socket.end('ping');
    let text = '';
    for await (const chunk of socket) text += chunk;
    await new Promise((resolve) => setImmediate(resolve));
    server.close();
    return [text, socket instanceof net.Socket, (server.address() as AddressInfo | null)?.port, ...events];
  });
}

test.each<[string, () => SocketType]>([
  ['new Socket', () => new Socket().connect(7, 'server')],
  ['new Socket with a time-out', () => new Socket().setTimeout(1000).connect({ port: 7, host: 'server' })],
  ['connect', () => connect(7, 'server')],
  ['createConnection', () => createConnection({ port: 7, host: 'server', timeout: 1000 })],
])('%s of before the installation speaks through the simulation', async (_name, dial) => {
  expect(await echoed(dial)).toEqual(['ping', true, undefined, 'connect', 'ready', 'end', 'close']);
});

test('the time-out set before connect is on virtual time', async () => {
  const sim = new Simulation();
  const atMs = await runProgram(sim, async () => {
    const server = createServer((socket) => socket.on('error', () => {}));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
    const socket = new Socket().setTimeout(30_000);
    socket.connect(7, 'server');
    await new Promise((resolve) => socket.once('timeout', resolve));
    socket.resetAndDestroy();
    server.close();
    return sim.nowMs;
  });
  expect(atMs).toBe(30_002);
});

test('a resolver of its own answers with simulated hosts', async () => {
  const sim = new Simulation();
  sim.host('server');
  const answers = await runProgram(sim, async () => {
    const resolver = new dns.promises.Resolver();
    const old = new dns.Resolver();
    return Promise.all([
      resolver.resolve4('server'),
      resolver.resolve4('server', { ttl: true }),
      new Promise((resolve) => old.resolve('server', 'A', (_error, found) => resolve(found))),
      dns.promises.resolve('server', 'MX').catch((error) => `${error.syscall} ${error.code}`),
      resolver.resolve4('nobody').catch((error) => error.message),
      new Promise((resolve) => dns.resolveTxt('server', (error) => resolve(error?.code))),
    ]);
  });
  expect(answers).toEqual([
    ['10.0.0.1'],
    [{ address: '10.0.0.1', ttl: 60 }],
    ['10.0.0.1'],
    'queryMx ENODATA',
    'queryA ENOTFOUND nobody',
    'ENODATA',
  ]);
});

test('dns.lookup of before the installation answers with simulated hosts', async () => {
  const sim = new Simulation();
  sim.host('server');
  const answers = await runProgram(sim, () => {
    const heard = (hostname: string, options: object) =>
      new Promise((resolve) =>
        lookup(hostname, options, (error, ...found) => resolve(error === null ? found : error.message)),
      );
    return Promise.all([heard('server', {}), heard('server', { all: true }), heard('nobody', {})]);
  });
  expect(answers).toEqual([
    ['10.0.0.1', 4],
    [[{ address: '10.0.0.1', family: 4 }]],
    'getaddrinfo ENOTFOUND nobody',
  ]);
});

test('dns.lookup that is promisified gives an object, as in Node', async () => {
  const early = promisify(lookup);
  const answers = await runProgram(new Simulation(), async () => {
    const late = promisify(dns.lookup);
    return [await early('app'), await late('app'), await late('app', { all: true })];
  });
  const found = { address: '10.0.0.1', family: 4 };
  expect(answers).toEqual([found, found, [found]]);
});

test('dns.resolve… of before the installation answers with simulated hosts', async () => {
  const sim = new Simulation();
  sim.host('server', { addresses: ['10.0.0.1', 'fd00::5'] });
  const answers = await runProgram(sim, () => {
    const heard = (ask: (callback: (error: NodeJS.ErrnoException | null, found: unknown) => void) => void) =>
      new Promise((resolve) => ask((error, found) => resolve(error === null ? found : error.message)));
    return Promise.all([
      heard((callback) => resolve4('server', callback)),
      heard((callback) => resolve4('server', { ttl: true }, callback)),
      heard((callback) => resolveSrv('server', callback)),
      heard((callback) => reverse('10.0.0.1', callback)),
      resolve6('server'),
      resolve6('nobody').catch((error) => error.code),
    ]);
  });
  expect(answers).toEqual([
    ['10.0.0.1'],
    [{ address: '10.0.0.1', ttl: 60 }],
    'querySrv ENODATA server',
    'getHostByAddr ENODATA 10.0.0.1',
    ['fd00::5'],
    'ENOTFOUND',
  ]);
});

test('a resolver that was given servers by a copy of setServers asks those', async () => {
  const sim = new Simulation();
  const error = await runProgram(sim, async () => {
    const resolver = new dns.promises.Resolver();
    Reflect.apply(setServers, resolver, [['10.0.0.9', '[fd00::9]:5353']]);
    expect(resolver.getServers()).toEqual(['10.0.0.9:53', '[fd00::9]:5353']);
    return Reflect.apply(resolverResolve4, resolver, ['app']).catch(
      (reason: NodeJS.ErrnoException) => reason.code,
    );
  });
  expect(error).toBe('ETIMEOUT');
  // Two servers, four times each, for five seconds.
  expect(sim.nowMs).toBe(40_000);
});

test('after the run it asks the machine again', async () => {
  await runProgram(new Simulation(), () => {});
  const address = await new Promise((resolve) => lookup('localhost', (_error, found) => resolve(found)));
  expect(address).toMatch(/^(127\.0\.0\.1|::1)$/);
});

/** What `call` throws at the call; undefined if it does not, which a rejection is not. */
function thrown(call: () => unknown): unknown {
  try {
    const given = call();
    if (given instanceof Promise) given.catch(() => {});
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

test('bad arguments of node:dns throw at the call, also where a promise is given', async () => {
  const codes = await runProgram(new Simulation(), async () => {
    const { lookup, lookupService, resolve, resolveNs, setServers } = dns.promises;
    return [
      thrown(() => lookup(1 as never, {})),
      thrown(() => lookup('a', (() => {}) as never)),
      thrown(() => lookup('a', { family: 20 })),
      thrown(() => lookup('a', { hints: 100 })),
      thrown(() => lookup('a', { verbatim: 1 as never })),
      thrown(() => dns.lookup('a', 'callback' as never)),
      thrown(() => resolveNs([] as never)),
      thrown(() => dns.resolveNs('a', undefined as never)),
      thrown(() => resolve('a', 'HI' as never)),
      thrown(() => dns.resolve('a', 'toString', () => {})),
      thrown(() => lookupService('a', 80)),
      thrown(() => lookupService('127.0.0.1', 70_000)),
      thrown(() => setServers('10.0.0.1' as never)),
      thrown(() => setServers([1] as never)),
      thrown(() => setServers(['a'])),
    ];
  });
  expect(codes).toEqual([
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_ARG_VALUE',
    'ERR_INVALID_ARG_VALUE',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_ARG_VALUE',
    'ERR_INVALID_ARG_VALUE',
    'ERR_INVALID_ARG_VALUE',
    'ERR_SOCKET_BAD_PORT',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_ARG_TYPE',
    'ERR_INVALID_IP_ADDRESS',
  ]);
});

test('a list of name servers may have gaps', async () => {
  const servers: string[] = ['127.0.0.1'];
  servers[2] = '127.0.0.2';
  const known = await runProgram(new Simulation(), () => {
    const resolver = new dns.Resolver();
    resolver.setServers(servers);
    return resolver.getServers();
  });
  expect(known).toEqual(['127.0.0.1', '127.0.0.2']);
});
