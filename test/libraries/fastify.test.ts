import Fastify from 'fastify';
import { proveExchange } from './support.ts';

const PAGE = 'It rains. '.repeat(2000);

// A second request may meet a storm that holds it back for a minute: 408 is an error said aloud.
async function textOf(response: Response): Promise<string> {
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  return response.text();
}

proveExchange('fastify', {
  talk: async (sim) => {
    const app = Fastify();
    app.get('/', async () => PAGE);
    app.post<{ Body: { text: string } }>('/shout', async ({ body }) => body.text.toUpperCase());
    await sim.host('server').run(() => app.listen({ port: 80, host: '0.0.0.0' }));
    try {
      const page = await textOf(await fetch('http://server/'));
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ text: 'fog' });
      return [page, await textOf(await fetch('http://server/shout', { method: 'POST', headers, body }))];
    } finally {
      app.server.closeAllConnections();
      await app.close();
    }
  },
  expected: [PAGE, 'FOG'],
  schedules: 100,
});
