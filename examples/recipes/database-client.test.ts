// A database client, as it comes, against as much of a server as the program under test asks of one.
import net from 'node:net';
import { everySchedule, test } from 'foulweather/vitest';
import { Redis } from 'ioredis';
import { expect } from 'vitest';

/** Answers INCR, and everything else with OK; one command a line is enough for ioredis's own greeting, too. */
function createDatabase(): net.Server {
  let count = 0;
  return net.createServer((socket) => {
    let input = '';
    socket.on('error', () => {});
    socket.setEncoding('latin1').on('data', (text) => {
      input += text;
      // `*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n`: the number of words, and each with its length before it.
      for (;;) {
        const words = Number(/^\*(\d+)\r\n/.exec(input)?.[1]);
        const command = new RegExp(`^\\*\\d+\\r\\n(?:\\$\\d+\\r\\n[^\\r]*\\r\\n){${words}}`).exec(input)?.[0];
        if (!(words > 0) || command === undefined) return;
        input = input.slice(command.length);
        const isIncrement = /\nincr\r/i.test(command);
        if (isIncrement) count += 1;
        socket.write(isIncrement ? `:${count}\r\n` : '+OK\r\n');
      }
    });
  });
}

const options = { host: 'database', lazyConnect: true, enableReadyCheck: false, protocol: 2 } as const;

test('a command waits for the database to come back', async ({ sim }) => {
  const database = createDatabase();
  const client = new Redis({ ...options, maxRetriesPerRequest: null }).on('error', () => {});
  const answer = client.incr('visits');
  sim.at(60_000, () => void sim.host('database').run(() => database.listen(6379)));

  expect(await answer).toBe(1);
  expect(sim.nowMs).toBeGreaterThan(60_000);
  client.disconnect();
  database.close();
});

everySchedule(
  'a visit that was confirmed was counted',
  { schedules: 60, deviations: 20 },
  async ({ sim }) => {
    const database = createDatabase();
    await sim.host('database').run(() => new Promise<void>((resolve) => database.listen(6379, resolve)));
    const client = new Redis({ ...options, maxRetriesPerRequest: 2 }).on('error', () => {});
    try {
      const first = await client.incr('visits');
      const second = await client.incr('visits');
      // A command whose answer was lost is sent again: it may count twice, never less than once.
      expect(second).toBeGreaterThan(first);
    } catch (error) {
      if ((error as Error).name === 'AssertionError') throw error;
    } finally {
      client.disconnect();
      database.close();
    }
  },
);
