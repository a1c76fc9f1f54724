import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Address, InternetAddress, Reactor } from '../../src/core/index.ts';
import { type Candidate, type ForwardOptions, ForwardServer, type Gate } from '../../src/services/index.ts';
import { Client, LOOPBACK, listening, Records, withReactor } from './support.ts';

async function withRemote(
  serve: (socket: Socket) => void,
  body: (remote: InternetAddress, server: Server) => Promise<void>,
): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await body({ host: '127.0.0.1', port: (server.address() as { port: number }).port }, server);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

function forward(
  reactor: Reactor,
  remote: InternetAddress,
  records: Records,
  more: ForwardOptions = {},
): Promise<Address> {
  return listening(
    (o) => new ForwardServer(reactor, { local: LOOPBACK, remote }, { ...o, ...records.options, ...more }),
  );
}

describe('forward over real sockets', () => {
  test('passes the client’s half-close on while the reverse direction goes on', () =>
    withRemote(
      (socket) => {
        let request = '';
        socket.on('data', (chunk) => {
          request += String(chunk);
        });
        socket.once('end', () => socket.end(`got ${request}`));
      },
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const client = new Client(await forward(reactor, remote, records));
          client.socket.end('question');
          expect(String(await client.finished())).toBe('got question');
          expect((await records.ended(1))[0]).toMatchObject({
            cause: 'end',
            receivedBytes: 8,
            sentBytes: 12,
          });
        }),
    ));

  test('passes the remote’s half-close on while the client still sends', () => {
    let received = '';
    return withRemote(
      (socket) => {
        socket.end('greeting');
        socket.on('data', (chunk) => {
          received += String(chunk);
        });
      },
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const client = new Client(await forward(reactor, remote, records));
          expect(String(await client.finished())).toBe('greeting');
          client.socket.end('late answer');
          await records.ended(1);
          while (received.length < 11) await new Promise((resolve) => setImmediate(resolve));
          expect(received).toBe('late answer');
        }),
    );
  });

  test('makes a reset of the remote a reset of the client', () =>
    withRemote(
      (socket) => {
        socket.once('data', () => socket.resetAndDestroy());
      },
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const client = new Client(await forward(reactor, remote, records));
          client.socket.write('x');
          await client.finished();
          expect(client.error?.code).toBe('ECONNRESET');
          expect((await records.ended(1))[0]).toMatchObject({ cause: 'reset', side: 'remote' });
        }),
    ));

  test('makes a reset right behind the last bytes a reset, not an end', () =>
    withRemote(
      (socket) => {
        socket.once('data', () => socket.write('cut', () => socket.resetAndDestroy()));
      },
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const client = new Client(await forward(reactor, remote, records));
          client.socket.end('x');
          await client.closed();
          expect((await records.ended(1))[0]).toMatchObject({ cause: 'reset', side: 'remote' });
        }),
    ));

  test('makes a reset of the client a reset of the remote', () => {
    const errors: (string | undefined)[] = [];
    return withRemote(
      (socket) => {
        socket.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code));
        socket.resume();
      },
      (remote, server) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const client = await new Client(await forward(reactor, remote, records)).opened();
          const [socket] = (await once(server, 'connection')) as [Socket];
          client.socket.resetAndDestroy();
          await new Promise((resolve) => socket.once('close', resolve));
          expect(errors).toEqual(['ECONNRESET']);
          expect((await records.ended(1))[0]).toMatchObject({ cause: 'reset', side: 'client' });
        }),
    );
  });

  test('resets the client when the remote refuses', () =>
    withReactor(async (reactor) => {
      const records = new Records();
      const client = new Client(await forward(reactor, { host: '127.0.0.1', port: 1 }, records));
      client.socket.write('bytes that nobody will read');
      await client.finished();
      expect(client.error?.code).toBe('ECONNRESET');
      expect((await records.ended(1))[0]).toMatchObject({ cause: 'refused', side: 'remote' });
    }));

  test('resets connections above the limit', () =>
    withRemote(
      (socket) => socket.resume(),
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const address = await forward(reactor, remote, records, { maxConnections: 1 });
          const first = await new Client(address).opened();
          const second = new Client(address);
          await second.finished();
          expect(second.error?.code).toBe('ECONNRESET');
          expect(await records.refused(1)).toMatchObject([{ limit: 'connections' }]);
          first.socket.destroy();
        }),
    ));

  test('tells of no limit where a client resets before the gate has answered', () =>
    withRemote(
      (socket) => socket.resume(),
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const entered: Candidate[] = [];
          const left: Candidate[] = [];
          const gate: Gate = {
            enter: (candidate) => entered.push(candidate),
            leave: (candidate) => left.push(candidate),
          };
          const client = await new Client(await forward(reactor, remote, records, { gate })).opened();
          await expect.poll(() => entered.length, { interval: 1 }).toBe(1);
          client.socket.resetAndDestroy();
          expect(await records.refused(1)).toMatchObject([{ limit: null }]);
          expect(left).toEqual(entered);
          expect(records.reports).toEqual([]);
        }),
    ));

  test('tells of no limit where a held client resets', () =>
    withRemote(
      (socket) => socket.resume(),
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const address = await forward(reactor, remote, records, { maxConnections: 1, maxHeld: 1 });
          const first = await new Client(address).opened();
          const second = await new Client(address).opened();
          second.socket.resetAndDestroy();
          expect(await records.refused(1)).toMatchObject([{ limit: null }]);
          first.socket.destroy();
        }),
    ));

  test('serves a held connection once another has ended', () =>
    withRemote(
      (socket) => socket.pipe(socket),
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          const address = await forward(reactor, remote, records, { maxConnections: 1, maxHeld: 1 });
          const first = await new Client(address).opened();
          const second = await new Client(address).opened();
          second.socket.end('held');
          first.socket.end('first');
          expect(String(await first.finished())).toBe('first');
          expect(String(await second.finished())).toBe('held');
          expect(records.refusals).toEqual([]);
        }),
    ));

  test('drains: finishes what can finish, and resets the rest at the deadline', () =>
    withRemote(
      (socket) => socket.resume(),
      (remote) =>
        withReactor(async (reactor) => {
          const records = new Records();
          let server!: ForwardServer;
          const address = await listening((o) => {
            server = new ForwardServer(reactor, { local: LOOPBACK, remote }, { ...o, ...records.options });
            return server;
          });
          const client = await new Client(address).opened();
          while (server.activeCount === 0) await new Promise((resolve) => setImmediate(resolve));
          await new Promise<void>((resolve) => server.drain({ deadlineMs: 30, onDrained: resolve }));
          await client.finished();
          expect(client.error?.code).toBe('ECONNRESET');
          expect(records.reports).toMatchObject([{ cause: 'drain-deadline' }]);
        }),
    ));
});
