import http from 'node:http';
import net from 'node:net';
import { describe, expect } from 'vitest';
import { everySchedule, test } from '../../src/vitest/index.ts';

describe('test', () => {
  test('a thirty second time-out takes no thirty seconds', async ({ sim }) => {
    const startedMs = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    expect([sim.nowMs, Date.now() - startedMs]).toEqual([30_000, 30_000]);
  });

  test.for([1, 2])('%i connections reach a server', async (count, { sim }) => {
    const server = net.createServer((socket) => socket.end('hello'));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
    const greetings = Array.from({ length: count }, async () => {
      let text = '';
      for await (const chunk of net.connect(7, 'server')) text += chunk;
      return text;
    });
    expect(await Promise.all(greetings)).toEqual(Array(count).fill('hello'));
    server.close();
  });
});

describe('a test for each value', () => {
  test.each([
    [1, 'fog'],
    [2, 'rain'],
  ] as const)('each %i %s: an array gives arguments of their own', (number, sky, { sim }) => {
    expect([number + sim.nowMs, sky]).toEqual(number === 1 ? [1, 'fog'] : [2, 'rain']);
  });

  test.each(['fog'])('each takes options before its body', { startMs: 0 }, (sky, { task }) => {
    expect([sky, Date.now(), task.name]).toEqual(['fog', 0, 'each takes options before its body']);
  });

  everySchedule.for([7, 8])('a search on port %i', { schedules: 3 }, async (port, { sim }) => {
    const server = net.createServer((socket) => socket.on('error', () => {}).end());
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(port, resolve)));
    const socket = net
      .connect(port, 'server')
      .on('error', () => {})
      .resume();
    await new Promise((resolve) => socket.once('close', resolve));
    server.close();
  });
});

describe('everySchedule', () => {
  everySchedule('an answer is whole, or an error', { schedules: 60 }, async ({ sim }) => {
    const body = 'sunny '.repeat(2000);
    const server = http.createServer((_request, response) => response.end(body));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(80, resolve)));
    try {
      const response = await fetch('http://server/', { signal: AbortSignal.timeout(900_000) });
      // A request that a storm holds back for longer than headersTimeout is answered with 408.
      if (!response.ok) throw new Error(`status ${response.status}`);
      expect(await response.text()).toBe(body);
    } catch (error) {
      expect((error as Error).name).not.toBe('AssertionError');
    }
    server.close();
    server.closeAllConnections();
  });
});
