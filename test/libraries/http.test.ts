import http from 'node:http';
import type { Simulation } from '../../src/sim/index.ts';
import { listenOn, proveExchange } from './support.ts';

const PAGE = 'It rains. '.repeat(3000);

function request(agent: http.Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: 'server', method: 'POST', path: '/echo', agent, timeout: 600_000 },
      (response) => {
        // A request that a storm holds back for longer than headersTimeout is answered with 408.
        if (response.statusCode !== 200) sent.destroy(new Error(`status ${response.statusCode}`));
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => (response.complete ? resolve(text) : reject(new Error('cut short'))));
        response.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('timed out')));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function talk(sim: Simulation): Promise<string[]> {
  const server = http.createServer((incoming, response) => {
    incoming.on('error', () => {});
    incoming.pipe(response);
  });
  await listenOn(sim, 'server', server, 80);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    return [await request(agent, PAGE), await request(agent, 'second'), await request(agent, 'third')];
  } finally {
    agent.destroy();
    server.close();
    server.closeAllConnections();
  }
}

proveExchange('node:http with a keep-alive agent', { talk, expected: [PAGE, 'second', 'third'] });
