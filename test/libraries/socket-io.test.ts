import http from 'node:http';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import type { Simulation } from '../../src/sim/index.ts';
import { listenOn, proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

async function talk(sim: Simulation, transports: string[]): Promise<string[]> {
  const httpServer = http.createServer();
  const server = new Server(httpServer);
  server.on('connection', (socket) => socket.on('shout', (text, answer) => answer(text.toUpperCase())));
  await listenOn(sim, 'server', httpServer, 80);
  const client = io('http://server', { transports, forceNew: true, ackTimeout: 20_000, retries: 50 });
  try {
    return [await client.emitWithAck('shout', 'fog'), await client.emitWithAck('shout', LONG)];
  } finally {
    client.close();
    await server.close();
  }
}

const expected = ['FOG', LONG.toUpperCase()];

// Session ids, and the masks of ws, are crypto.randomBytes taken out of node:crypto at load.
proveExchange('socket.io, from polling to websocket', {
  talk: (sim) => talk(sim, ['polling', 'websocket']),
  expected,
  repeats: 'lengths',
  triesAgain: true,
  schedules: 100,
});

proveExchange('socket.io over websocket', {
  talk: (sim) => talk(sim, ['websocket']),
  expected,
  repeats: 'lengths',
  triesAgain: true,
  schedules: 100,
});
