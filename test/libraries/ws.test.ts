import { WebSocket, WebSocketServer } from 'ws';
import type { Simulation } from '../../src/sim/index.ts';
import { proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(2000);

async function talk(sim: Simulation): Promise<string[]> {
  const server = await sim.host('server').run(
    () =>
      new Promise<WebSocketServer>((resolve) => {
        const made: WebSocketServer = new WebSocketServer({ port: 80 }, () => resolve(made));
      }),
  );
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data) => socket.send(String(data).toUpperCase()));
  });
  const client = new WebSocket('ws://server/');
  try {
    return await new Promise<string[]>((resolve, reject) => {
      const answers: string[] = [];
      client.on('open', () => {
        for (const text of ['short', LONG]) client.send(text);
      });
      client.on('message', (data) => {
        answers.push(String(data));
        if (answers.length === 2) resolve(answers);
      });
      client.on('error', reject);
      client.on('close', (code) => reject(new Error(`closed with ${code}`)));
    });
  } finally {
    client.terminate();
    for (const socket of server.clients) socket.terminate();
    server.close();
  }
}

// ws takes its masking keys from node:crypto as it was when ws was loaded.
proveExchange('ws', { talk, expected: ['SHORT', LONG.toUpperCase()], repeats: 'lengths' });
