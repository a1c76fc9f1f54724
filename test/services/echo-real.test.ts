import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EchoServer } from '../../src/services/index.ts';
import { Client, LOOPBACK, listening, Records, withReactor } from './support.ts';

describe('echo over real sockets', () => {
  test('sends back what it received, then the end of stream', () =>
    withReactor(async (reactor) => {
      const records = new Records();
      const address = await listening((o) => new EchoServer(reactor, LOOPBACK, { ...o, ...records.options }));
      const client = new Client(address);
      client.socket.end('ping');
      expect(String(await client.finished())).toBe('ping');
      const [report] = await records.ended(1);
      expect(report).toMatchObject({ id: 1, receivedBytes: 4, sentBytes: 4, cause: 'end' });
    }));

  test('returns all of 8 MiB to a client that ends first and reads late', () =>
    withReactor(async (reactor) => {
      const address = await listening((o) => new EchoServer(reactor, LOOPBACK, o));
      const payload = randomBytes(8 * 1024 * 1024);
      const client = await new Client(address, { isReading: false }).opened();
      client.socket.end(payload);
      await new Promise((resolve) => setTimeout(resolve, 100));
      client.read();
      const received = await client.finished();
      expect(received.length).toBe(payload.length);
      expect(sha256(received)).toBe(sha256(payload));
    }));

  test('keeps a bounded number of bytes for a client that never reads', () =>
    withReactor(async (reactor) => {
      let server!: EchoServer;
      const address = await listening((o) => {
        server = new EchoServer(reactor, LOOPBACK, o);
        return server;
      });
      const client = await new Client(address, { isReading: false }).opened();
      while (client.socket.write(Buffer.alloc(1 << 20)));
      let before = -1;
      for (let seen = 0; seen !== before; seen = server.totals().receivedBytes) {
        before = seen;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const [channel] = server.connections();
      expect(channel.unsentBytes).toBeLessThanOrEqual(262144);
      client.socket.destroy();
    }));

  test('reports a client that resets as reset', () =>
    withReactor(async (reactor) => {
      const records = new Records();
      const address = await listening((o) => new EchoServer(reactor, LOOPBACK, { ...o, ...records.options }));
      const client = await new Client(address).opened();
      client.socket.resetAndDestroy();
      expect((await records.ended(1))[0]).toMatchObject({ cause: 'reset', side: 'client' });
    }));

  test('resets a connection on which nothing moved for the idle time-out', () =>
    withReactor(async (reactor) => {
      const records = new Records();
      const address = await listening(
        (o) => new EchoServer(reactor, LOOPBACK, { ...o, ...records.options, idleTimeoutMs: 30 }),
      );
      const client = new Client(address);
      await client.finished();
      expect(client.error?.code).toBe('ECONNRESET');
      expect((await records.ended(1))[0]).toMatchObject({ cause: 'idle-timeout' });
    }));
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
