import net from 'node:net';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { everySchedule } from '../../src/harness/program/index.ts';
import type { Simulation } from '../../src/sim/index.ts';
import { listenOn, proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

/** As much of a RESP3 server as ioredis asks of one by default. */
function createResponder(): net.Server {
  const values = new Map<string, string>();
  const answers: Record<string, (args: string[]) => string> = {
    HELLO: () => '%2\r\n+server\r\n+redis\r\n+proto\r\n:3\r\n',
    INFO: () => bulk('redis_version:7.4.0\r\nloading:0\r\n'),
    SET: ([key, value]) => {
      values.set(key, value);
      return '+OK\r\n';
    },
    GET: ([key]) => (values.has(key) ? bulk(values.get(key)!) : '_\r\n'),
  };
  return net.createServer((socket) => {
    let input = '';
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (chunk) => {
      input += chunk;
      for (let command = takeCommand(); command !== null; command = takeCommand()) {
        const [name, ...args] = command;
        socket.write(answers[name.toUpperCase()]?.(args) ?? '+OK\r\n');
      }
    });
    /** One whole command off the input, if there is one: `*2\r\n$3\r\nGET\r\n$1\r\nk\r\n`. */
    function takeCommand(): string[] | null {
      const head = /^\*(\d+)\r\n/.exec(input);
      if (head === null) return null;
      let at = head[0].length;
      const words: string[] = [];
      for (let count = Number(head[1]); count > 0; count -= 1) {
        const size = /^\$(\d+)\r\n/.exec(input.slice(at));
        if (size === null) return null;
        at += size[0].length;
        const end = at + Number(size[1]);
        if (input.length < end + 2) return null;
        words.push(input.slice(at, end));
        at = end + 2;
      }
      input = input.slice(at);
      return words;
    }
  });
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}

async function talk(sim: Simulation): Promise<(string | null)[]> {
  const server = createResponder();
  await listenOn(sim, 'server', server, 6379);
  const redis = new Redis(6379, 'server');
  redis.on('error', () => {});
  try {
    await redis.set('a', LONG);
    await redis.set('b', 'short');
    return await Promise.all([redis.get('a'), redis.get('b'), redis.get('c')]);
  } finally {
    redis.disconnect();
    server.close();
  }
}

proveExchange('ioredis', { talk, expected: [LONG, 'short', null], triesAgain: true });

/** Twenty-one refusals: ioredis gives up, and nothing is connected when it is told to disconnect. */
const REFUSED = Array.from({ length: 21 }, (_, index) => `${index}rf1-2`).join('.');

test('a timer of ioredis survives disconnect() when every connect was refused', async () => {
  const search = everySchedule(
    'nothing of ioredis is left after disconnect',
    async ({ sim }) => {
      await talk(sim).catch(() => {});
      // More than any socket needs to close, less than the two seconds of the timer.
      await new Promise((resolve) => setTimeout(resolve, 1900));
    },
    { graceMs: 0, replay: `fw1.nothing-of-ioredis-is-left-after-disconnect.1ds.${REFUSED}.k1mgq9sn` },
  );
  await expect(search).rejects.toThrow(
    /setTimeout of 2000 ms, made at talk .*, through StandaloneConnector\.disconnect/,
  );
});
