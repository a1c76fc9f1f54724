import net from 'node:net';
import { describe, expect } from 'vitest';
import { everySchedule, test } from '../../src/vitest/index.ts';

describe.concurrent('concurrent tests of one file run one after the other', () => {
  for (const name of ['one', 'two', 'three', 'four']) {
    test(`${name} has a network of its own`, async ({ sim }) => {
      const server = net.createServer((socket) => socket.end(name));
      await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
      let text = '';
      for await (const chunk of net.connect(7, 'server')) text += chunk;
      server.close();
      expect([text, sim.connections.map(({ number }) => number)]).toEqual([name, [1]]);
    });
  }

  everySchedule('so do searches', { schedules: 5 }, async ({ sim }) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(sim.nowMs).toBeGreaterThanOrEqual(10);
  });
});

everySchedule.fails(
  'a search that is known to fail',
  { schedules: 20, weather: 'breeze' },
  async ({ sim }) => {
    const server = net.createServer((socket) => socket.end('ping'));
    await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7, resolve)));
    let chunks = 0;
    for await (const _ of net.connect(7, 'server')) chunks += 1;
    server.close();
    expect(chunks).toBe(1);
  },
);
