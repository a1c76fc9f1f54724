// A program on node:net that knows nothing of us: an echo server with pipe(), and clients that send and count.
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { random, type WEATHERS } from '../../src/sim/index.ts';
import { NetWorld } from '../../test/net/support/net-world.ts';

const SCHEDULES = 200;
const CLIENTS = 3;

interface Outcome {
  readonly sent: string;
  readonly received: string;
  readonly hasEnded: boolean;
  readonly error: string | undefined;
  readonly isClosed: boolean;
}

interface Run {
  readonly clients: Outcome[];
  readonly serverErrors: number;
  /** Connections that the server accepted and that never closed. */
  readonly stillOpen: number;
  /** (virtual time, event) of everything the program heard, hashed. */
  readonly hash: string;
  readonly faults: number;
}

async function runEcho(seed: number, weather: keyof typeof WEATHERS): Promise<Run> {
  const world = new NetWorld({ strategy: random(seed, weather), windowBytes: 64 });
  const heard = createHash('sha256');
  const hear = (event: string): void => void heard.update(`${world.sim.nowMs} ${event}\n`);
  let serverErrors = 0;
  let stillOpen = 0;
  world.serverNet
    .createServer((socket) => {
      hear('accepted');
      stillOpen += 1;
      socket.on('close', () => (stillOpen -= 1));
      socket.on('error', () => (serverErrors += 1));
      socket.pipe(socket);
    })
    .listen(7);
  const clients = Array.from({ length: CLIENTS }, (_, index) => makeClient(world, index, hear));
  await world.run();
  const faults = Object.values(world.sim.faults).reduce((sum, count) => sum + count, 0);
  return {
    clients: clients.map((client) => client()),
    serverErrors,
    stillOpen,
    hash: heard.digest('hex'),
    faults,
  };
}

function makeClient(world: NetWorld, index: number, hear: (event: string) => void): () => Outcome {
  const sent = `client ${index} says ${'hello '.repeat(30)}`;
  const socket: Socket = world.net.connect(7, 'server');
  let received = '';
  let hasEnded = false;
  let isClosed = false;
  let error: string | undefined;
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
    hear(`${index} data ${text.length}`);
  });
  socket.on('end', () => (hasEnded = true));
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    error = code;
    hear(`${index} error ${code}`);
  });
  socket.on('close', () => (isClosed = true));
  socket.write(sent.slice(0, 40));
  socket.end(sent.slice(40));
  return () => ({ sent, received, hasEnded, error, isClosed });
}

test('for every schedule without a kill, each client gets back all it sent, then the end of stream', async () => {
  let faults = 0;
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const run = await runEcho(seed, 'breeze');
    faults += run.faults;
    for (const { sent, ...outcome } of run.clients)
      expect(outcome, `seed ${seed}`).toEqual({
        received: sent,
        hasEnded: true,
        error: undefined,
        isClosed: true,
      });
    expect([run.serverErrors, run.stillOpen], `seed ${seed}`).toEqual([0, 0]);
  }
  expect(faults).toBeGreaterThan(SCHEDULES);
});

test('for every schedule, each client gets back a prefix, hears of every failure, and closes', async () => {
  let killed = 0;
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const { clients, stillOpen } = await runEcho(seed, 'storm');
    expect(stillOpen, `seed ${seed}`).toBe(0);
    for (const { sent, received, hasEnded, error, isClosed } of clients) {
      expect(sent.startsWith(received), `seed ${seed}`).toBe(true);
      expect([isClosed, hasEnded || error !== undefined], `seed ${seed}`).toEqual([true, true]);
      if (received !== sent) killed += 1;
    }
  }
  expect(killed).toBeGreaterThan(0);
});

test('for every schedule, a second run is the same', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const [first, second] = [await runEcho(seed, 'storm'), await runEcho(seed, 'storm')];
    expect(second.hash, `seed ${seed}`).toBe(first.hash);
  }
});
