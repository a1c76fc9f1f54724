// undici has one timer of its own for all its time-outs, and starts it again only once it has found nothing to wait for.
import { once } from 'node:events';
import http from 'node:http';
import { Pool } from 'undici';
import { expect, test } from 'vitest';
import { runProgram } from '../../src/harness/program/index.ts';
import { Simulation } from '../../src/sim/index.ts';

/** When a request that nobody answers is given up. */
function giveUp(): Promise<number> {
  return runProgram(new Simulation(), async ({ sim }) => {
    const server = http.createServer(() => {});
    await sim.host('api').run(() => once(server.listen(80), 'listening'));
    const pool = new Pool('http://api', { headersTimeout: 5000 });
    const asked = pool.request({ path: '/', method: 'GET' });
    await expect(asked).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' });
    const { nowMs } = sim;
    await pool.destroy();
    server.close();
    return nowMs;
  });
}

/** A run that is over before undici's timer has fired again. */
function askOnce(): Promise<void> {
  return runProgram(new Simulation(), async ({ sim }) => {
    const server = http.createServer((_, response) => response.end('sunny'));
    await sim.host('api').run(() => once(server.listen(80), 'listening'));
    const pool = new Pool('http://api');
    await (await pool.request({ path: '/', method: 'GET' })).body.text();
    await pool.close();
    server.close();
  });
}

test('a time-out of undici strikes, whatever an earlier run has left, and in each run at the same time', async () => {
  const times: number[] = [await giveUp()];
  await askOnce();
  times.push(await giveUp(), await giveUp());
  expect(times).toEqual([5489, 5489, 5489]);
});

test('a timer of its own that a program has left, and nobody waits for, fires as the run ends', async () => {
  const fired: string[] = [];
  await runProgram(new Simulation(), async () => {
    setTimeout(() => fired.push('soon'), 400).unref();
    setTimeout(() => fired.push('late'), 4000).unref();
    setInterval(() => fired.push('again'), 400).unref();
  });
  expect(fired).toEqual(['soon']);
});
