import net from 'node:net';
import { everySchedule } from 'foulweather/vitest';
import { expect } from 'vitest';
import { ask } from './ask.ts';

everySchedule('an answer is whole, or an error', { schedules: 200 }, async ({ sim }) => {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end('forty-two\n'));
  });
  await sim.host('server').run(() => new Promise<void>((resolve) => server.listen(7000, resolve)));

  const [answer] = await Promise.allSettled([ask('server', 7000, 'what is six times seven?')]);
  if (answer.status === 'fulfilled') expect(answer.value).toBe('forty-two');
  server.close();
});
