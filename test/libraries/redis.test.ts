import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { everySchedule } from '../../src/harness/program/index.ts';
import type { Simulation } from '../../src/sim/index.ts';
import { createResponder } from './resp.ts';
import { listenOn, proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

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
