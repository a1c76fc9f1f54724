// Received bytes are handed on as views of re-used buffers: here every byte is checked, with readers that stop and go,
// so that writes stay unfinished while their buffer would be wanted again.
import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { InternetAddress } from '../../src/core/index.ts';
import { createRealReactor } from '../../src/real/index.ts';
import { ForwardServer } from '../../src/services/index.ts';

const SIZE_BYTES = 24 * 1024 * 1024;
const CONNECTIONS = 4;

/** The byte at a place, different for each stream and long unperiodic. */
const byteAt = (place: number, seed: number): number =>
  (place * 31 + (place >>> 8) * 7 + (place >>> 16) + seed) & 0xff;

/** Sends SIZE_BYTES in pieces of uneven sizes, as fast as the socket takes them. */
function send(socket: Socket, seed: number): void {
  let place = 0;
  const push = (): void => {
    while (place < SIZE_BYTES) {
      const piece = Buffer.allocUnsafe(Math.min(SIZE_BYTES - place, 1 + ((place * 7919 + seed) % 300_000)));
      for (let index = 0; index < piece.length; index += 1) piece[index] = byteAt(place + index, seed);
      place += piece.length;
      if (!socket.write(piece)) {
        socket.once('drain', push);
        return;
      }
    }
    socket.end();
  };
  push();
}

/** Counts bytes that are wrong, resting after every few reads. Resolves at the end of stream. */
function check(socket: Socket, seed: number): Promise<string> {
  let place = 0;
  let wrong = 0;
  let reads = 0;
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      for (let index = 0; index < chunk.length; index += 1)
        if (chunk[index] !== byteAt(place + index, seed)) wrong += 1;
      place += chunk.length;
      reads += 1;
      if (reads % 40 !== 0) return;
      socket.pause();
      setTimeout(() => socket.resume(), 2);
    });
    socket.once('end', () => resolve(`${place} bytes, ${wrong} wrong`));
    socket.once('error', reject);
  });
}

test('bytes cross the forwarder unchanged, both ways at once, while readers stop and go', async () => {
  const results: Promise<string>[] = [];
  const remote = createServer({ allowHalfOpen: true }, (socket) => {
    send(socket, 1);
    results.push(check(socket, 0));
  });
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
  const reactor = createRealReactor();
  const { port } = remote.address() as { port: number };
  const address = await new Promise<InternetAddress>((resolve) => {
    new ForwardServer(
      reactor,
      { local: { host: '127.0.0.1', port: 0 }, remote: { host: '127.0.0.1', port } },
      { onListening: (server) => resolve(server.localAddress as InternetAddress) },
    );
    void reactor.loop();
  });
  for (let index = 0; index < CONNECTIONS; index += 1) {
    const client = connect({ ...address, allowHalfOpen: true });
    send(client, 0);
    results.push(check(client, 1));
  }
  await expect.poll(() => results.length, { timeout: 5000 }).toBe(2 * CONNECTIONS);
  const expected = new Array<string>(2 * CONNECTIONS).fill(`${SIZE_BYTES} bytes, 0 wrong`);
  expect(await Promise.all(results)).toEqual(expected);
  reactor.closeAll();
  remote.close();
});
