// dgram and resolvers with servers of their own, on the simulated network.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import os from 'node:os';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

/** Runs `body` with hosts `app` (10.0.0.1) and `far` (10.0.0.2), 20 ms apart. */
function between(body: (sim: Simulation) => Promise<unknown>): Promise<unknown> {
  const sim = new Simulation();
  sim.host('app');
  sim.host('far');
  sim.network.link('app', 'far').latency({ delayMsMin: 20 });
  return runProgram(sim, () => body(sim));
}

async function bound(port: number, type: 'udp4' | 'udp6' = 'udp4'): Promise<dgram.Socket> {
  const socket = dgram.createSocket(type).bind(port);
  await once(socket, 'listening');
  return socket;
}

test('a datagram reaches another host after the latency of the link, and its answer comes back', async () => {
  await between(async (sim) => {
    const server = await sim.host('far').run(() => bound(53));
    server.on('message', (bytes, { port, address }) => server.send(`${bytes}!`, port, address));
    const client = dgram.createSocket('udp4');
    client.send('hello', 53, 'far');
    const [bytes, about] = await once(client, 'message');
    expect(String(bytes)).toBe('hello!');
    expect(about).toEqual({ address: '10.0.0.2', family: 'IPv4', port: 53, size: 6 });
    expect(sim.nowMs).toBe(40);
    client.close();
    server.close();
  });
});

test('a socket made elsewhere lives on the host that binds it', async () => {
  await between(async (sim) => {
    const server = dgram.createSocket('udp4');
    const heard = new Promise((resolve) => {
      server.on('message', (bytes) => resolve([String(bytes), os.hostname()]));
    });
    sim.host('far').run(() => void server.bind(53));
    await once(server, 'listening');
    dgram.createSocket('udp4').unref().send('hello', 53, 'far');
    expect(await heard).toEqual(['hello', 'far']);
    server.close();
  });
});

test('what is sent over a partitioned link is lost', async () => {
  await between(async (sim) => {
    const server = await sim.host('far').run(() => bound(53));
    const received: string[] = [];
    server.on('message', (bytes) => received.push(String(bytes)));
    const client = await bound(0);
    sim.network.link('app', 'far').partition();
    client.send('lost', 53, 'far');
    await new Promise((resolve) => setTimeout(resolve, 100));
    sim.network.link('app', 'far').repair();
    client.send('found', 53, 'far');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(received).toEqual(['found']);
    client.close();
    server.close();
  });
});

test('a port is taken once, unless both share it', async () => {
  await between(async () => {
    const first = await bound(500);
    const second = dgram.createSocket('udp4').bind(500);
    const [error] = await once(second, 'error');
    expect([error.code, error.syscall, error.port]).toEqual(['EADDRINUSE', 'bind', 500]);
    const third = dgram.createSocket({ type: 'udp4', reuseAddr: true }).bind(500);
    await once(third, 'listening');
    for (const socket of [first, second, third]) socket.close();
  });
});

test('only a connected socket hears that nobody is there', async () => {
  await between(async () => {
    const lonely = await bound(0);
    lonely.on('error', () => expect.unreachable());
    lonely.send('hello', 9, 'far');
    const socket = dgram.createSocket('udp4');
    socket.connect(9, '127.0.0.1');
    await once(socket, 'connect');
    expect(socket.remoteAddress()).toEqual({ address: '127.0.0.1', family: 'IPv4', port: 9 });
    socket.send('hello');
    const [error] = await once(socket, 'error');
    expect([error.code, error.syscall]).toEqual(['ECONNREFUSED', 'recvmsg']);
    for (const open of [lonely, socket]) open.close();
  });
});

test('slices, lists and callbacks of send are as in Node', async () => {
  await between(async () => {
    const server = await bound(7);
    const received: string[] = [];
    server.on('message', (bytes) => received.push(String(bytes)));
    const client = dgram.createSocket('udp4');
    const sent = (...args: unknown[]): Promise<unknown> =>
      new Promise((resolve) =>
        (client.send as (...all: unknown[]) => void)(...args, (_error: Error | null, size: number) =>
          resolve(size),
        ),
      );
    expect(await sent(Buffer.from('abcdef'), 2, 3, 7, '127.0.0.1')).toBe(3);
    expect(await sent(['one', Buffer.from('two')], 7)).toBe(6);
    expect(await sent('alone', 7, 'localhost')).toBe(5);
    expect(() => client.send('x', 0)).toThrow(/Port should be > 0/);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(received).toEqual(['cde', 'onetwo', 'alone']);
    client.close();
    expect(() => client.send('x', 7)).toThrow('Not running');
    server.close();
  });
});

const ANYTHING = undefined as never;

test.each<[string, (socket: dgram.Socket) => unknown, string]>([
  ['send without a message', (socket) => socket.send(ANYTHING, 7), 'ERR_INVALID_ARG_TYPE'],
  ['send beyond the end', (socket) => socket.send('abc', 4, 1, 7), 'ERR_BUFFER_OUT_OF_BOUNDS'],
  ['an address that is no text', (socket) => socket.send('a', 7, 5 as never), 'ERR_INVALID_ARG_TYPE'],
  ['a time to live that is no number', (socket) => socket.setTTL('5' as never), 'ERR_INVALID_ARG_TYPE'],
  ['a time to live before bind', (socket) => socket.setTTL(5), 'EBADF'],
  ['a size that is none', (socket) => socket.setRecvBufferSize(-1), 'ERR_SOCKET_BAD_BUFFER_SIZE'],
  ['the size before bind', (socket) => socket.getRecvBufferSize(), 'ERR_SOCKET_BUFFER_SIZE'],
  [
    'connecting twice',
    (socket) => [1, 2].map((port) => socket.connect(port)),
    'ERR_SOCKET_DGRAM_IS_CONNECTED',
  ],
  ['a group that is none', (socket) => socket.addMembership(ANYTHING), 'ERR_MISSING_ARGS'],
  [
    'a signal that is none',
    () => dgram.createSocket({ type: 'udp4', signal: {} as never }),
    'ERR_INVALID_ARG_TYPE',
  ],
  [
    'a lookup that is none',
    () => dgram.createSocket({ type: 'udp4', lookup: null as never }),
    'ERR_INVALID_ARG_TYPE',
  ],
])('%s is refused as by Node', async (_, act, code) => {
  await between(async () => {
    const socket = dgram.createSocket('udp4');
    expect(() => act(socket)).toThrow(expect.objectContaining({ code }));
    socket.close();
  });
});

test('an address of another machine is no place to be bound to', async () => {
  await between(async () => {
    const socket = dgram.createSocket('udp4').bind(7, '10.0.0.2');
    const [error] = await once(socket, 'error');
    expect([error.code, error.syscall, error.address]).toEqual(['EADDRNOTAVAIL', 'bind', '10.0.0.2']);
    socket.close();
  });
});

test('a buffer has twice the size that was asked for, as on Linux', async () => {
  await between(async () => {
    const socket = await bound(0);
    expect(socket.getSendBufferSize()).toBe(212_992);
    socket.setRecvBufferSize(10_000);
    expect([socket.getRecvBufferSize(), socket.getSendBufferSize()]).toEqual([20_000, 212_992]);
    socket.close();
  });
});

test("a socket's own lookup is used", async () => {
  await between(async (sim) => {
    const server = await sim.host('far').run(() => bound(53));
    const lookup = (name: string, family: number, callback: (...answer: unknown[]) => void): void =>
      callback(null, name === 'nobody' ? '10.0.0.2' : name, family);
    const client = dgram.createSocket({ type: 'udp4', lookup } as never);
    client.send('hello', 53, 'nobody');
    expect(String((await once(server, 'message'))[0])).toBe('hello');
    for (const socket of [client, server]) socket.close();
  });
});

test('IPv6 and IPv4 sockets share a port number', async () => {
  await between(async () => {
    const four = await bound(40);
    const six = await bound(40, 'udp6');
    six.send('hello', 40);
    six.once('message', (_bytes, about) => expect(about.address).toBe('::1'));
    await once(six, 'message');
    expect(four.address()).toEqual({ address: '0.0.0.0', family: 'IPv4', port: 40 });
    for (const socket of [four, six]) socket.close();
  });
});

test('multicast is refused at its call', async () => {
  const failed = between(async () => {
    const socket = await bound(0);
    try {
      socket.addMembership('224.0.0.251');
    } finally {
      socket.close();
    }
  });
  await expect(failed).rejects.toThrow(/addMembership\(\) called at .*datagrams\.test/);
});

test('a datagram socket that is left open is named with its place', async () => {
  const failed = between(() => bound(1234));
  await expect(failed).rejects.toThrow(/datagram socket 0\.0\.0\.0:1234, made at .*datagrams\.test/);
});

/** A name server's answer: the question, and one record of `type` with `data`. */
function answerTo(query: Buffer, code: number, records: readonly { type: number; data: Buffer }[]): Buffer {
  const head = Buffer.from(query.subarray(0, 12));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(records.length, 6);
  const bodies = records.map(({ type, data }) => {
    // The name is the question's, at byte 12; a time to live of 300 seconds.
    const fixed = Buffer.from([0xc0, 12, type >> 8, type & 255, 0, 1, 0, 0, 1, 44, 0, data.length]);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([head, query.subarray(12), ...bodies]);
}

const RECORDS: Record<string, { type: number; data: Buffer; expected: unknown }> = {
  A: { type: 1, data: Buffer.from([192, 0, 2, 7]), expected: ['192.0.2.7'] },
  AAAA: {
    type: 28,
    data: Buffer.from([0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 9]),
    expected: ['2001:db8::9'],
  },
  CNAME: { type: 5, data: Buffer.from('\x05other\xc0\x0c', 'latin1'), expected: ['other.example.org'] },
  MX: {
    type: 15,
    data: Buffer.from('\x00\x0a\x04mail\xc0\x0c', 'latin1'),
    expected: [{ priority: 10, exchange: 'mail.example.org' }],
  },
  TXT: { type: 16, data: Buffer.from('\x02v=\x03one', 'latin1'), expected: [['v=', 'one']] },
  SRV: {
    type: 33,
    data: Buffer.from('\x00\x01\x00\x02\x1f\x90\x01a\x00', 'latin1'),
    expected: [{ priority: 1, weight: 2, port: 8080, name: 'a' }],
  },
  CAA: {
    type: 257,
    data: Buffer.from('\x80\x05issueca.org', 'latin1'),
    expected: [{ critical: 128, issue: 'ca.org' }],
  },
};

test.each(Object.keys(RECORDS))('a resolver asks its own server for %s', async (type) => {
  await between(async (sim) => {
    const record = RECORDS[type];
    const server = await sim.host('far').run(() => bound(53));
    server.on('message', (query, { port, address }) =>
      server.send(answerTo(query, 0, [record]), port, address),
    );
    const resolver = new dns.promises.Resolver();
    resolver.setServers(['10.0.0.2']);
    expect(resolver.getServers()).toEqual(['10.0.0.2']);
    expect(await resolver.resolve('example.org', type)).toEqual(record.expected);
    expect(sim.nowMs).toBe(40);
    server.close();
  });
});

test('the forms of several kinds and with a time to live are as in Node', async () => {
  await between(async () => {
    const server = await bound(5353);
    server.on('message', (query, { port, address }) =>
      server.send(answerTo(query, 0, [RECORDS.A, RECORDS.AAAA, RECORDS.TXT]), port, address),
    );
    const resolver = new dns.Resolver();
    resolver.setServers(['127.0.0.1:5353']);
    const found = await new Promise((resolve) =>
      resolver.resolveAny('example.org', (_error, all) => resolve(all)),
    );
    expect(found).toEqual([
      { address: '192.0.2.7', ttl: 300, type: 'A' },
      { address: '2001:db8::9', ttl: 300, type: 'AAAA' },
      { entries: ['v=', 'one'], type: 'TXT' },
    ]);
    const four = await new Promise((resolve) =>
      resolver.resolve4('example.org', { ttl: true }, (_error, all) => resolve(all)),
    );
    expect(four).toEqual([{ address: '192.0.2.7', ttl: 300 }]);
    server.close();
  });
});

test('a resolver that is cancelled gives up what it has asked', async () => {
  await between(async (sim) => {
    const silent = await sim.host('far').run(() => bound(53));
    const resolver = new dns.promises.Resolver();
    resolver.setServers(['10.0.0.2']);
    const asked = [resolver.resolve4('example.org'), resolver.reverse('10.0.0.9')];
    await once(silent, 'message');
    resolver.cancel();
    for (const question of asked) await expect(question).rejects.toMatchObject({ code: 'ECANCELLED' });
    expect(sim.nowMs).toBe(20);
    silent.close();
  });
});

test('a server that knows no such name, and one that never answers, are told apart', async () => {
  await between(async (sim) => {
    const server = await bound(53);
    server.on('message', (query, { port, address }) => server.send(answerTo(query, 3, []), port, address));
    const resolver = new dns.promises.Resolver();
    resolver.setServers(['127.0.0.1']);
    await expect(resolver.resolve4('no.example')).rejects.toMatchObject({
      code: 'ENOTFOUND',
      syscall: 'queryA',
      hostname: 'no.example',
    });
    server.close();
    expect(sim.nowMs).toBe(0);
    await expect(resolver.resolveMx('example.org')).rejects.toMatchObject({
      code: 'ETIMEOUT',
      syscall: 'queryMx',
    });
    // Four tries of five seconds.
    expect(sim.nowMs).toBe(20_000);
    const untouched = new dns.promises.Resolver();
    expect(await untouched.resolve4('far')).toEqual(['10.0.0.2']);
  });
});

const { createSocket: copiedCreateSocket } = dgram;
class EarlySocket extends dgram.Socket {
  constructor() {
    super('udp4' as never);
  }
}

test.each([
  ['a copy of createSocket', () => copiedCreateSocket({ type: 'udp4' })],
  ['a class that extends dgram.Socket', () => new EarlySocket()],
])('a datagram socket of %s made before the installation is simulated', async (_, make) => {
  const events = await between(async (sim) => {
    const heard: unknown[] = [];
    const server = make();
    await sim.host('far').run(
      () =>
        new Promise<void>((resolve) =>
          server.bind(53, function (this: unknown) {
            heard.push(this === server);
            resolve();
          }),
        ),
    );
    server.on('message', (bytes, { port, address }) => server.send(`${bytes}!`, port, address));
    const client = make().unref();
    client.on('error', (error) => heard.push((error as NodeJS.ErrnoException).code));
    client.send('hello', 53, 'far');
    const [bytes] = await once(client, 'message');
    heard.push(String(bytes), server.address(), sim.nowMs);
    const second = make().on('error', (error) => heard.push((error as NodeJS.ErrnoException).code));
    await sim.host('far').run(() => new Promise<unknown>((resolve) => second.on('error', resolve).bind(53)));
    for (const socket of [client, server, second])
      await new Promise<void>((resolve) => {
        socket.close(resolve);
      });
    return heard;
  });
  expect(events).toEqual([
    true,
    'hello!',
    { address: '0.0.0.0', family: 'IPv4', port: 53 },
    40,
    'EADDRINUSE',
  ]);
});
