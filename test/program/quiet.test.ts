// Virtual time stands still for work that JavaScript waits for: nodenet's list, each beside a timer that must not come first.
import { execFile, execFileSync, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import dns from 'node:dns';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { Dispatcher, WOULD_BLOCK } from '../../src/core/index.ts';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

const FILE = new URL(import.meta.url).pathname;
const BYTES = Buffer.alloc(200_000, 'rain');
/** The smallest module: its magic number and version. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** Does `count` immediates, each from the one before. */
async function immediates(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function promiseJobs(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await undefined;
}

const WORK: Readonly<Record<string, () => Promise<unknown>>> = {
  'ten thousand promise jobs': () => promiseJobs(10_000),
  'a thousand immediates, each from the one before': () => immediates(1000),
  'immediates of timers/promises': async () => {
    for (let done = 0; done < 20; done += 1) await timersPromises.setImmediate();
  },
  'nextTick and immediates in turn': async () => {
    for (let done = 0; done < 100; done += 1) {
      await new Promise<void>((resolve) => process.nextTick(resolve));
      await immediates(1);
    }
  },
  'an immediate that is cleared, and one that is not': async () => {
    clearImmediate(setImmediate(() => {}));
    await immediates(2);
  },
  pbkdf2: () => promisify(crypto.pbkdf2)('a', 'b', 20_000, 32, 'sha256'),
  generateKeyPair: () => promisify(crypto.generateKeyPair)('rsa', { modulusLength: 1024 }),
  webcrypto: () => crypto.webcrypto.subtle.digest('SHA-256', new Uint8Array(5_000_000)),
  gzip: () => promisify(zlib.gzip)(BYTES),
  'fs with callbacks': () => promisify(fs.readFile)(FILE),
  'fs.promises': async () => {
    const handle = await fs.promises.open(FILE);
    await handle.readFile();
    await handle.close();
  },
  'a read stream through gzip': async () => {
    const packed = fs.createReadStream(FILE, { highWaterMark: 64 }).pipe(zlib.createGzip());
    await pipeline(packed, zlib.createGunzip(), async (chunks) => {
      for await (const _ of chunks);
    });
  },
  'a child process': () => promisify(execFile)(process.execPath, ['-p', '1']),
  'a program that does not exist': () =>
    new Promise((resolve) => spawn('/does/not/exist').once('error', resolve)),
  'a lookup': () => dns.promises.lookup('app'),
  WebAssembly: () =>
    (
      globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<unknown> } }
    ).WebAssembly.compile(EMPTY_MODULE),
};

/** FOULWEATHER_QUIET_RUNS=200 is the long form: what is too early once in a hundred runs. */
const RUNS = Number(process.env.FOULWEATHER_QUIET_RUNS ?? 1);

test.each(Object.keys(WORK))(
  'no virtual time passes for %s',
  async (name) => {
    for (let run = 0; run < RUNS; run += 1) {
      const sim = new Simulation();
      const passedMs = await runProgram(sim, async () => {
        // Fires at once if time moves too early, again and again.
        const impatience = setInterval(() => {}, 1);
        await WORK[name]();
        const { nowMs } = sim;
        clearInterval(impatience);
        return nowMs;
      });
      expect(passedMs).toBe(0);
    }
  },
  5000 * RUNS,
);

/** Begins to write into the FIFO at `path` after 300 ms of real time; outside the simulation, so that nothing is seen of it. */
function writeLater(path: string): void {
  spawn('sh', ['-c', 'sleep 0.3; echo rain > "$0"', path], { stdio: 'ignore' }).unref();
}

test('no virtual time passes for files that take thousands of turns', async () => {
  const folder = fs.mkdtempSync(join(tmpdir(), 'foulweather-'));
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  writeLater(path);
  const sim = new Simulation();
  const passedMs = await runProgram(sim, async () => {
    const impatience = setInterval(() => {}, 1);
    await promisify(fs.readFile)(path);
    const { nowMs } = sim;
    clearInterval(impatience);
    return nowMs;
  });
  fs.rmSync(folder, { recursive: true });
  expect(passedMs).toBe(0);
});

test('a promise that a fault plan resolves is acted on before the next event', async () => {
  const sim = new Simulation();
  const seen = await runProgram(sim, async () => {
    let resolve: (atMs: number) => void = () => {};
    const promise = new Promise<number>((settle) => {
      resolve = settle;
    });
    sim.at(10, () => resolve(sim.nowMs));
    sim.at(11, () => {});
    await promise;
    return sim.nowMs;
  });
  expect(seen).toBe(10);
});

test('a loop of immediates gets what is due at this instant', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = net.createServer((socket) => socket.end('hello')).listen(7);
    let received = '';
    net.connect(7).on('data', (bytes) => {
      received += String(bytes);
    });
    while (received === '') await new Promise((resolve) => setImmediate(resolve));
    server.close();
  });
  expect(sim.nowMs).toBe(0);
});

test('a file read as a Blob, whole or in part, keeps time from moving no longer than it takes', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const blob = await fs.openAsBlob(FILE);
    expect((await blob.text()).length).toBe(fs.readFileSync(FILE, 'utf8').length);
    await blob.stream().getReader().cancel();
    const reader = blob.stream().getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  });
  expect(sim.nowMs).toBe(1000);
});

test('what a closed server has ended is known to a pool two rounds of immediates later, as on a real network', async () => {
  await runProgram(new Simulation(), async () => {
    const agent = new http.Agent({ keepAlive: true });
    const listen = async (): Promise<http.Server> => {
      const server = http.createServer((_request, response) => response.end()).listen(80);
      await once(server, 'listening');
      return server;
    };
    const get = async (): Promise<void> => {
      const [response] = await once(http.get({ agent }), 'response');
      await once(response.resume(), 'close');
    };
    const first = await listen();
    await get();
    await immediates(2);
    await new Promise((resolve) => first.close(resolve));
    await immediates(2);
    const second = await listen();
    await get();
    agent.destroy();
    second.close();
  });
});

test('a loop of immediates that waits for time gets it in the end', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const untilMs = Date.now() + 1000;
    setTimeout(() => {}, 1000);
    while (Date.now() < untilMs) await new Promise((resolve) => setImmediate(resolve));
  });
  expect(sim.nowMs).toBe(1000);
});

test('a promise that a dispatcher settles is acted on before the next event', async () => {
  class Reader extends Dispatcher {
    settle: () => void = () => {};
    readonly heard = new Promise<void>((resolve) => {
      this.settle = resolve;
    });
    override handleRead(): void {
      if (this.recv(100) !== WOULD_BLOCK) this.settle();
    }
    override writable(): boolean {
      return false;
    }
    override handleClose(): void {
      this.close();
    }
  }
  const sim = new Simulation();
  const seen = await runProgram(
    sim,
    async () => {
      const server = net.createServer((socket) => socket.end('hello'));
      await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
      const reader = new Reader(sim.host('app').reactor);
      reader.connect({ host: 'server', port: 7 });
      await reader.heard;
      return sim.nowMs;
    },
    { allowOpen: true },
  );
  expect(seen).toBe(4);
});
