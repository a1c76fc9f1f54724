// Outages of a whole service, planned by hand, and the code that has to get over them: as a program would have it.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'foulweather/vitest';
import mysql from 'mysql2/promise';
import { expect } from 'vitest';
import { createFailoverDatabase } from './support/failover-database.ts';

const FILE = Buffer.from(Array.from({ length: 400_000 }, (_, index) => index & 255));

/** Boots a file server that understands `Range: bytes=n-`. */
function serveFile(): http.Server {
  return http
    .createServer((request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': FILE.length - from });
      response.end(FILE.subarray(from));
    })
    .listen(80);
}

/** Tries `attempt` again, after 1 s, 2 s, 4 s, … */
async function withBackoff<T>(attempt: () => Promise<T>, attempts = 6): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tried === attempts) throw error;
      await sleep(1000 * 2 ** (tried - 1));
    }
  }
}

/** Downloads the file, and goes on where a connection broke off. */
async function download(url: string): Promise<{ file: Buffer; requests: number }> {
  const parts: Buffer[] = [];
  let requests = 0;
  await withBackoff(async () => {
    requests += 1;
    const from = Buffer.concat(parts).length;
    const response = await fetch(url, from > 0 ? { headers: { range: `bytes=${from}-` } } : {});
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    for await (const part of response.body) parts.push(Buffer.from(part));
  });
  return { file: Buffer.concat(parts), requests };
}

test('a server is up after three refusals: the client backs off, and gets through at the fourth', async ({
  sim,
}) => {
  const server = sim.host('files').run(serveFile);
  sim.network.link('app', 'files').refuseNext(3);
  const response = await withBackoff(() => fetch('http://files/'));
  expect((await response.arrayBuffer()).byteLength).toBe(FILE.length);
  // 1 + 2 + 4 seconds, and some milliseconds for the network.
  expect(Math.floor(sim.nowMs / 1000)).toBe(7);
  server.close();
});

test('a download is cut three times: it goes on where it was, and is whole', async ({ sim }) => {
  const server = sim.host('files').run(serveFile);
  const link = sim.network.link('app', 'files');
  for (const index of [0, 1, 2])
    link.onConnection(index, (connection) => void connection.cutAfter({ bytes: 100_000 }));
  const { file, requests } = await download('http://files/');
  expect(requests).toBe(4);
  expect(file.equals(FILE)).toBe(true);
  server.close();
});

test('a partition of ten seconds: each attempt is given up after three, and one gets through', async ({
  sim,
}) => {
  const server = sim.host('files').run(serveFile);
  const link = sim.network.link('app', 'files').partition();
  sim.at(10_000, () => void link.repair());
  let attempts = 0;
  const response = await withBackoff(() => {
    attempts += 1;
    return fetch('http://files/', { signal: AbortSignal.timeout(3000) });
  });
  await response.arrayBuffer();
  expect(attempts).toBeGreaterThan(2);
  expect(sim.nowMs).toBeGreaterThan(10_000);
  server.close();
});

test('a line is too slow for a download’s time-out: it is given up, and what came is a beginning', async ({
  sim,
}) => {
  const server = sim.host('files').run(serveFile);
  sim.network.link('app', 'files').bandwidth({ bytesPerSecond: 10_000 });
  const parts: Buffer[] = [];
  const response = await fetch('http://files/', { signal: AbortSignal.timeout(5000) });
  const reading = (async () => {
    for await (const part of response.body!) parts.push(Buffer.from(part));
  })();
  await expect(reading).rejects.toMatchObject({ name: 'TimeoutError' });
  const received = Buffer.concat(parts);
  expect(received).toBePrefixOf(FILE);
  expect(received.length).toBeGreaterThan(40_000);
  expect(sim.nowMs).toBe(5000);
  server.close();
});

test('a server crashes in the middle of an answer, and is up again: the download goes on', async ({
  sim,
}) => {
  const files = sim.host('files');
  files.run(serveFile);
  sim.network.link('app', 'files').bandwidth({ bytesPerSecond: 40_000 });
  // What the host has sent by then arrives; what waits in it for the reader's window is gone.
  sim.at(4000, () => void files.crash());
  sim.at(9000, () => void files.restart(() => void serveFile()));
  const { file, requests } = await download('http://files/');
  expect(requests).toBeGreaterThan(1);
  expect(file.equals(FILE)).toBe(true);
  files.crash();
});

test('a consumer reads slowly: the producer holds a bounded amount, and nothing is lost', async ({ sim }) => {
  let most = 0;
  let highWaterMark = 0;
  const producer = net.createServer(async (socket) => {
    socket.on('error', () => {});
    highWaterMark = socket.writableHighWaterMark;
    for (let at = 0; at < FILE.length; at += 10_000) {
      const goesOn = socket.write(FILE.subarray(at, at + 10_000));
      most = Math.max(most, socket.writableLength);
      if (!goesOn) await once(socket, 'drain');
    }
    socket.end();
  });
  await sim.host('producer').run(() => once(producer.listen(7), 'listening'));
  sim.host('app').limitReading({ bytes: 1000, everyMs: 10 });
  const parts: Buffer[] = [];
  for await (const part of net.connect(7, 'producer')) parts.push(part);
  expect(Buffer.concat(parts).equals(FILE)).toBe(true);
  expect(sim.nowMs).toBeGreaterThan(3000);
  expect(most).toBeLessThan(highWaterMark + 10_000);
  producer.close();
});

test('the database moves to another host: the pool’s connections fail, and new ones reach it', async ({
  sim,
}) => {
  const [first, second] = [sim.host('db1'), sim.host('db2')];
  for (const host of [first, second]) await host.run(() => createFailoverDatabase(host.name));
  sim.network.naming.set('database', [first.address]);
  const pool = mysql.createPool({ host: 'database', user: 'app', connectionLimit: 3, connectTimeout: 2000 });
  const ask = async (): Promise<string> => {
    const [rows] = await pool.query({ sql: 'SELECT @@hostname AS name', timeout: 2000 });
    return (rows as { name: string }[])[0].name;
  };
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(['db1', 'db1', 'db1']);
  first.crash();
  sim.at(sim.nowMs + 5000, () => void sim.network.naming.set('database', [second.address]));
  expect(await withBackoff(ask, 8)).toBe('db2');
  expect(sim.nowMs).toBeGreaterThan(5000);
  // Connections to the host that is gone cannot say goodbye.
  await pool.end().catch(() => {});
  second.crash();
});
