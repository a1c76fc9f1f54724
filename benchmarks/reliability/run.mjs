// What a service has to stand: `npm run reliability -- [soak idle slow-readers flood kill descriptors disk-full clock] [--seconds N]`.
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { exchange, generator } from './client.mjs';
import { start } from './service.mjs';

/** Where Debian has it, on either machine. */
const FAKETIME = ['x86_64', 'aarch64'].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`,
);

const words = process.argv.slice(2);
const at = words.indexOf('--seconds');
const SECONDS = at < 0 ? 20 : Number(words.splice(at, 2)[1]);
const USAGE = 'npm run reliability -- [SCENARIO…] [--seconds N]';

const connect = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => resolve(null));
  });

async function tunnel(options = [], limits) {
  const echo = await start(['echo', '-q']);
  const forward = await start(['forward', '-r', '127.0.0.1', '-P', String(echo.port), '-q', ...options], {
    limits,
  });
  return { echo, forward, end: async () => [await forward.kill(), await echo.kill()] };
}

const megabytes = async (service) =>
  ((await service.figure('process_resident_memory_bytes')) / 1e6).toFixed(0);

/** Milliseconds that 100 MB take. */
async function download(port) {
  const startedMs = Date.now();
  const socket = await connect(port);
  let got = 0;
  await new Promise((resolve) => {
    socket.on('data', (chunk) => {
      got += chunk.length;
      if (got > 1e8) resolve();
    });
  });
  socket.destroy();
  return Date.now() - startedMs;
}

/** Round trips of 64 bytes on one connection; the median in microseconds. */
async function roundTrip(port, times = 300) {
  const socket = await connect(port);
  socket.setNoDelay(true);
  const taken = [];
  for (let index = 0; index < times; index += 1) {
    const startedNs = process.hrtime.bigint();
    socket.write(Buffer.alloc(64));
    await new Promise((resolve) => socket.once('data', resolve));
    taken.push(Number(process.hrtime.bigint() - startedNs) / 1000);
  }
  socket.destroy();
  return taken.sort((a, b) => a - b)[times >> 1];
}

const SCENARIOS = {
  async soak() {
    const { forward, end } = await tunnel(['--idle-timeout', '5m']);
    const before = await forward.resources();
    const random = generator(1);
    const outcomes = {};
    const stopAtMs = Date.now() + SECONDS * 1000;
    const heaps = [];
    const worker = async () => {
      while (Date.now() < stopAtMs) {
        const outcome = await exchange(forward.port, random);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
    };
    const watch = async () => {
      while (Date.now() < stopAtMs) {
        heaps.push((await forward.figure('nodejs_heap_size_used_bytes')) / 1e6);
        await wait(1000);
      }
    };
    await Promise.all([watch(), ...Array.from({ length: 2000 }, worker)]);
    await wait(1000);
    const tenth = Math.max(1, heaps.length >> 2);
    const least = (list) => Math.min(...list).toFixed(1);
    console.log('soak: 2,000 at a time for', SECONDS, 's:', outcomes);
    console.log(
      '  heap, least of the first and of the last quarter:',
      least(heaps.slice(0, tenth)),
      least(heaps.slice(-tenth)),
      'MB',
    );
    console.log(
      '  connections left:',
      await forward.figure('foulweather_connections_active'),
      'descriptors left:',
      await forward.figure('process_open_fds'),
    );
    console.log('  what Node waits for, before and after:', before, await forward.resources());
    console.log('  exit codes:', await end());
  },

  async idle() {
    const { forward, end } = await tunnel();
    for (const count of [10, 9900]) {
      const sockets = [];
      for (let index = 0; index < count; index += 1) sockets.push(await connect(forward.port));
      const held = sockets.filter((socket) => socket !== null).length;
      console.log(
        `idle: ${held} of ${count}, round trip among them ${(await roundTrip(forward.port)).toFixed(0)} us, forwarder ${await megabytes(forward)} MB`,
      );
      for (const socket of sockets) socket?.destroy();
      await wait(1000);
    }
    await end();
  },

  async 'slow-readers'() {
    const source = await start(['echo', '-q', '--source', '1G']);
    const forward = await start(['forward', '-r', '127.0.0.1', '-P', String(source.port), '-q']);
    const alone = await download(forward.port);
    const before = await megabytes(forward);
    const stuck = [];
    for (let index = 0; index < 1000; index += 1) stuck.push((await connect(forward.port)).pause());
    await wait(3000);
    const after = await megabytes(forward);
    const among = await download(forward.port);
    console.log(
      `slow readers: 1,000 that never read: forwarder ${before} → ${after} MB; one that reads: 100 MB in ${alone} ms before, in ${among} ms among them`,
    );
    for (const socket of stuck) socket.destroy();
    await forward.kill();
    await source.kill();
  },

  async flood() {
    const { forward, end } = await tunnel();
    const before = await forward.figure('process_open_fds');
    for (let round = 0; round < 100; round += 1) {
      const sockets = await Promise.all(Array.from({ length: 200 }, () => connect(forward.port)));
      for (const socket of sockets) socket?.resetAndDestroy();
    }
    await wait(1000);
    console.log(
      `flood: 20,000 connects and resets; descriptors ${before} → ${await forward.figure('process_open_fds')}; then: ${await exchange(forward.port, generator(4))}`,
    );
    await end();
  },

  async kill() {
    const { echo, forward } = await tunnel();
    const outcomes = {};
    const clients = Array.from({ length: 100 }, async () => {
      const socket = await connect(forward.port);
      const outcome = new Promise((resolve) => {
        socket.on('error', (error) => resolve(error.code));
        socket.on('end', () => resolve('a clean end'));
      });
      const pump = () => socket.write(Buffer.alloc(65536), () => setImmediate(pump));
      pump();
      socket.resume();
      const how = await outcome;
      outcomes[how] = (outcomes[how] ?? 0) + 1;
      socket.destroy();
    });
    await wait(500);
    await echo.kill('SIGKILL');
    await Promise.all(clients);
    console.log(
      'kill -9 of the remote in mid-transfer: 100 clients saw',
      outcomes,
      'connections left:',
      await forward.figure('foulweather_connections_active'),
    );
    await forward.kill();
  },

  async descriptors() {
    const { forward, end } = await tunnel([], 'ulimit -n 256');
    const sockets = await Promise.all(Array.from({ length: 400 }, () => connect(forward.port)));
    await wait(500);
    const served = await forward.figure('foulweather_connections_active');
    for (const socket of sockets) socket?.destroy();
    await wait(500);
    console.log(
      `descriptor limit 256, 400 clients: ${served} served; afterwards: ${await exchange(forward.port, generator(4))}`,
    );
    await end();
  },

  async 'disk-full'() {
    const echo = await start(['echo'], { log: '/dev/full' });
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => exchange(echo.port, generator(index))),
    );
    console.log(
      'log on a full disk: 200 clients,',
      outcomes.filter((outcome) => outcome.startsWith('bad')).length,
      'with trouble; exit code',
      await echo.kill(),
    );
  },

  async clock() {
    const library = FAKETIME.find(existsSync);
    if (library === undefined) {
      console.log('clock: not run, as libfaketime is not installed');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'foulweather-clock-'));
    const file = join(folder, 'time');
    writeFileSync(file, '+0');
    const environment = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    const echo = await start(['echo', '-q', '--idle-timeout', '2s'], { environment });
    for (const jump of ['+1h', '-1d', '+0']) {
      const socket = await connect(echo.port);
      const served = async () => {
        socket.write('x');
        await once(socket, 'data');
      };
      await served();
      writeFileSync(file, jump);
      await served();
      const startedMs = performance.now();
      await new Promise((resolve) => socket.once('close', resolve));
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(2);
      console.log(
        `clock: the wall's at ${jump} in mid-connection: served, and reset after ${seconds} s of idleness`,
      );
    }
    await echo.kill();
    rmSync(folder, { recursive: true });
  },
};

const known = Object.keys(SCENARIOS);
if (words.includes('--help') || words.includes('-h')) {
  console.log(`Usage: ${USAGE}\nScenarios: ${known.join(', ')}`);
  process.exit(0);
}
const stranger = words.find((word) => !known.includes(word));
if (stranger !== undefined || !(SECONDS > 0 && SECONDS < Infinity)) {
  const problem =
    stranger === undefined
      ? '--seconds must be a number above 0'
      : `no scenario or option is named ${stranger}; scenarios are ${known.join(', ')}`;
  console.error(`${USAGE}: ${problem}`);
  process.exit(2);
}
for (const name of words.length > 0 ? words : known) await SCENARIOS[name]();
process.exit();
