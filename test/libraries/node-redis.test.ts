import { createClient } from 'redis';
import { createResponder } from './resp.ts';
import { listenOn, proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

proveExchange('node-redis', {
  talk: async (sim) => {
    const server = createResponder();
    await listenOn(sim, 'server', server, 6379);
    const client = createClient({ url: 'redis://server', RESP: 3 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.set('a', LONG);
      await client.set('b', 'short');
      return await Promise.all([client.get('a'), client.get('b'), client.get('c')]);
    } finally {
      client.destroy();
      server.close();
    }
  },
  expected: [LONG, 'short', null],
  triesAgain: true,
  schedules: 200,
});
