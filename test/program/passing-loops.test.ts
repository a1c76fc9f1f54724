// Loops that end when time has passed, and have no timer: time has to pass while they run.
import { once } from 'node:events';
import fs from 'node:fs/promises';
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

/** What goes round in such a loop. */
const ROUNDS: readonly (readonly [name: string, round: () => unknown])[] = [
  ['does nothing', () => {}],
  ['waits for a promise', () => Promise.resolve()],
  ['waits for an immediate', () => new Promise((resolve) => void setImmediate(resolve))],
];

describe.each(ROUNDS)('a loop that %s', (_name, round) => {
  test.each(['Date.now', 'performance.now', 'process.hrtime'])('ends when %s says so', async (clock) => {
    const read = {
      'Date.now': () => Date.now(),
      'performance.now': () => performance.now(),
      'process.hrtime': () => Number(process.hrtime.bigint()) / 1e6,
    }[clock]!;
    const passedMs = await runProgram(new Simulation(), async () => {
      const fromMs = read();
      while (read() < fromMs + 2000) await round();
      return read() - fromMs;
    });
    expect(passedMs).toBeGreaterThanOrEqual(2000);
    expect(passedMs).toBeLessThan(2010);
  });
});

test('a loop of requests to its own machine ends when time has passed', async () => {
  const sim = new Simulation();
  const requests = await runProgram(sim, async () => {
    const server = http.createServer((_, response) => response.end('sunny')).listen(80);
    const agent = new http.Agent({ keepAlive: true });
    let count = 0;
    for (const endMs = Date.now() + 1500; Date.now() < endMs; count += 1) {
      const [response] = (await once(http.get({ agent }), 'response')) as [http.IncomingMessage];
      await once(response.resume(), 'end');
    }
    agent.destroy();
    server.close();
    return count;
  });
  expect(requests).toBeGreaterThan(100);
  expect(sim.nowMs).toBeLessThan(1600);
});

test('a loop that reads a file ends when time has passed', async () => {
  const sim = new Simulation();
  await runProgram(sim, async () => {
    for (const endMs = Date.now() + 3; Date.now() < endMs; ) {
      await fs.stat('.');
      for (let reading = 0; reading < 5000; reading += 1) Date.now();
    }
  });
  expect(sim.nowMs).toBeGreaterThanOrEqual(3);
});

test('a timer that fell due while a loop was running fires after it, once', async () => {
  const fired = await runProgram(new Simulation(), async () => {
    const times: number[] = [];
    const fromMs = Date.now();
    setTimeout(() => times.push(Date.now() - fromMs), 10);
    while (Date.now() < fromMs + 50);
    await new Promise((resolve) => setTimeout(resolve, 0));
    return times;
  });
  expect(fired).toEqual([50]);
});

test('a thousand readings of the clock at one instant are of that instant', async () => {
  const read = await runProgram(
    new Simulation(),
    () => new Set(Array.from({ length: 1000 }, () => Date.now())),
  );
  expect(read.size).toBe(1);
});
