import dns from 'node:dns';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { MessageChannel, Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { callSite } from '../../src/harness/program/errors.ts';
import { install, type ProgramError, runProgram, track } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

async function errorOf(body: (sim: Simulation) => unknown, options = {}): Promise<ProgramError> {
  const sim = new Simulation();
  return runProgram(sim, () => body(sim), options).then(
    () => expect.fail('it succeeds'),
    (error) => error,
  );
}

// Taken before anything is installed.
const { lookup: copiedLookup } = dns.promises;
class EarlySocket extends net.Socket {}

/** The number of the line of this file that holds `text` first. */
function lineOf(text: string): number {
  return (
    readFileSync(new URL(import.meta.url), 'utf8')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  );
}

test('a body that waits for nothing is told so', async () => {
  const error = await errorOf(() => new Promise(() => {}));
  expect(error.code).toBe('ERR_NEVER_SETTLES');
});

test('a body that waits for a socket is told which, and where it was made', async () => {
  const error = await errorOf(async (sim) => {
    const server = net.createServer();
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
    for await (const _ of net.connect(7, 'server'));
  });
  expect(error.code).toBe('ERR_NEVER_SETTLES');
  expect(error.message).toMatch(/server listening on .*:7, made at .*bad-input\.test/);
  expect(error.message).toMatch(/socket 10.* → 10.*:7, made at .*bad-input\.test/);
});

test('a server that was told an address to listen on is named with the place where it was made', async () => {
  const error = await errorOf(() => void net.createServer().listen(7, '0.0.0.0'));
  expect(error.code).toBe('ERR_LEFT_OPEN');
  expect(error.message).toMatch(/server listening on 0.0.0.0:7, made at .*bad-input\.test/);
});

test('a body that fails because traffic has left the simulation is told of the traffic', async () => {
  const error = await errorOf(async () => {
    await once(new EarlySocket().connect({ port: 1, host: '127.0.0.1' }), 'connect');
  });
  expect(error.code).toBe('ERR_ESCAPED');
  expect(error.message).toMatch(/a TCP connection, made .*bad-input\.test/);
  expect(error.cause).toMatchObject({ syscall: 'connect' });
});

test('what a library opens is told with the own line first, and the library after it', () => {
  const stack = `Error
    at new Promise (<anonymous>)
    at Module.connect (/app/node_modules/client/index.js:5:7)
    at node:net:1:1
    at talk (/app/src/net/weather.js:7:3)`;
  expect(callSite(stack)).toBe(
    'at talk (/app/src/net/weather.js:7:3), through Module.connect (/app/node_modules/client/index.js:5:7)',
  );
});

test('a body that polls for ever ends at the virtual time-out', async () => {
  const error = await errorOf(
    async () => {
      for (;;) await new Promise((resolve) => setTimeout(resolve, 1000));
    },
    { timeoutMs: 60_000 },
  );
  expect(error.code).toBe('ERR_VIRTUAL_TIMEOUT');
  expect(error.message).toContain('setTimeout of 1000 ms, made at');
});

test('a body that asks in setImmediate for ever is told so at the real time-out', async () => {
  let isOver = false;
  const error = await errorOf(
    async () => {
      while (!isOver) await new Promise((resolve) => void setImmediate(resolve));
    },
    { realTimeoutMs: 50 },
  );
  isOver = true;
  expect(error.code).toBe('ERR_REAL_TIMEOUT');
  expect(error.message).toContain('again and again in setImmediate');
});

test('traffic that has left the simulation is told once', async () => {
  const error = await errorOf(() => copiedLookup('localhost'));
  expect(error.code).toBe('ERR_ESCAPED');
  expect(error.cause).not.toMatchObject({ code: 'ERR_ESCAPED' });
});

test('a timer and a server that are left open are named with their places', async () => {
  const error = await errorOf(() => {
    setTimeout(() => {}, 30_000);
    net.createServer().listen(7);
  });
  expect(error.code).toBe('ERR_LEFT_OPEN');
  expect(error.message).toMatch(/server listening on .*bad-input\.test/);
  expect(error.message).toMatch(/setTimeout of 30000 ms, made at .*bad-input\.test/);
});

test('a short time-out that is still to come when the body ends is let come', async () => {
  let hasCome = false;
  const sim = new Simulation();
  await runProgram(sim, () => {
    setTimeout(() => setTimeout(() => (hasCome = true), 1000), 5);
  });
  expect(hasCome).toBe(true);
  expect(sim.nowMs).toBe(1005);
});

test('a short time-out that is always set anew is left open', async () => {
  const error = await errorOf(() => {
    const beat = (): void => void setTimeout(beat, 500);
    beat();
  });
  expect(error.code).toBe('ERR_LEFT_OPEN');
  expect(error.message).toContain('setTimeout of 500 ms, made at');
});

test('an interval that has fired in the body, and is cleared as its connection closes after it, is not left open', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    const server = net.createServer((socket) => {
      const beat = setInterval(() => socket.write('beat'), 30_000);
      socket.on('close', () => clearInterval(beat)).on('error', () => {});
    });
    sim.host('server').run(() => void server.listen(7));
    const socket = net.connect(7, 'server');
    await new Promise((resolve) => void socket.once('data', resolve));
    socket.destroy();
    server.close();
  });
  expect(Math.floor(sim.nowMs / 1000)).toBe(30);
});

test('a real socket of a class made before is an error that names its call', async () => {
  const error = await errorOf(async () => {
    const socket = new EarlySocket().connect({ port: 1, host: '127.0.0.1' });
    await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  });
  expect(error.code).toBe('ERR_ESCAPED');
  expect(error.message).toMatch(/bad-input\.test/);
});

test('a copy of dns.promises.lookup is named, with its line and what to do', async () => {
  const error = await errorOf(async () => {
    await copiedLookup('localhost');
  });
  expect(error.code).toBe('ERR_ESCAPED');
  expect(error.message).toMatch(/a lookup of a name, made at .*bad-input\.test.*call it off its module/s);
});

test('a socket that a server has accepted is named with the line where the server listens', async () => {
  const error = await errorOf(async (sim) => {
    const server = net.createServer((socket) => socket.resume());
    server.listen(7); // here
    await sim
      .host('far')
      .run(() => new Promise<void>((resolve) => net.connect(7, 'app').once('connect', resolve)));
    await new Promise((resolve) => setTimeout(resolve, 1));
  });
  const line = /→ \S+, accepted by a server, made at .*bad-input\.test\.ts:(\d+)/.exec(error.message);
  expect(line?.[1]).toBe(String(lineOf('server.listen(7); // here')));
});

test("a request through http's agent is named with the line of the program, below any number of helpers", async () => {
  const ask = (depth: number): void => {
    if (depth > 0) ask(depth - 1);
    else http.get('http://far/', () => {}).on('error', () => {}); // there
  };
  const error = await errorOf(async (sim) => {
    sim.host('far').run(() => net.createServer(() => {}).listen(80));
    ask(8);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect(error.message).toMatch(new RegExp(`made at ask .*bad-input\\.test\\.ts:${lineOf('// there')}`));
});

test('virtual time does not move while a worker might answer, unless it is tracked', async () => {
  const work = 'setTimeout(() => require("node:worker_threads").parentPort.postMessage(1), 20)';
  const ask = (): Promise<unknown> =>
    new Promise((resolve) => {
      const worker = new Worker(work, { eval: true });
      worker.once('message', resolve);
    });
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000));
  const error = await errorOf(() => Promise.all([ask(), wait()]));
  expect(error.code).toBe('ERR_UNKNOWABLE');
  expect(error.message).toMatch(/worker, made at .*bad-input\.test/);
  const sim = new Simulation();
  const answer = await runProgram(sim, async () => [await track(ask()), sim.nowMs], { allowThreads: true });
  expect(answer).toEqual([1, 0]);
});

test('a worker may take any time to answer where nothing else is to happen', async () => {
  const work = 'setTimeout(() => require("node:worker_threads").parentPort.postMessage(1), 400)';
  const answer = await runProgram(new Simulation(), async () => {
    const [message] = await once(new Worker(work, { eval: true }), 'message');
    return message;
  });
  expect(answer).toBe(1);
});

test('a worker that never answers is named at the real time-out', async () => {
  let worker: Worker | undefined;
  const error = await errorOf(
    () => {
      worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
      return once(worker, 'message');
    },
    { realTimeoutMs: 300 },
  );
  await worker?.terminate();
  expect(error.code).toBe('ERR_REAL_TIMEOUT');
  expect(error.message).toMatch(/may wait for a worker, made at .*bad-input\.test/);
});

test('a message port that listens is named', async () => {
  const error = await errorOf(async () => {
    const { port1 } = new MessageChannel();
    port1.on('message', () => {});
    await new Promise((resolve) => setTimeout(resolve, 1000));
  });
  expect(error.message).toMatch(/MessagePort, made at .*bad-input\.test/);
});

test('an exception that nobody handles fails the run', async () => {
  const error = await errorOf(async () => {
    setTimeout(() => {
      throw new Error('nobody handles this');
    }, 5);
    await new Promise(() => {});
  });
  expect(error.message).toBe('nobody handles this');
});

test('a second installation is refused, and names the first', () => {
  const installation = install(new Simulation());
  try {
    expect(() => install(new Simulation())).toThrow(/already, at .*bad-input\.test/);
  } finally {
    installation.remove();
  }
});
