import net from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import type { Simulation } from '../../src/sim/index.ts';
import { listenOn, proveExchange } from './support.ts';

const LONG = 'drizzle '.repeat(1000);

async function talk(sim: Simulation): Promise<string[]> {
  const broker = await Aedes.createBroker();
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    broker.handle(socket);
  });
  await listenOn(sim, 'server', server, 1883);
  const client = mqtt.connect('mqtt://server', { clientId: 'one', clean: false });
  client.on('error', () => {});
  try {
    await new Promise((resolve) => client.once('connect', resolve));
    await client.subscribeAsync('weather', { qos: 1 });
    const received = new Set<string>();
    const all = new Promise<void>((resolve) => {
      client.on('message', (_topic, payload) => {
        received.add(String(payload));
        if (received.size === 2) resolve();
      });
    });
    await client.publishAsync('weather', LONG, { qos: 1 });
    await client.publishAsync('weather', 'fog', { qos: 1 });
    await all;
    return [...received].sort();
  } finally {
    client.end(true);
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    server.close();
  }
}

// QoS 1 delivers at least once: a set of what came is what can be compared.
proveExchange('mqtt with aedes', { talk, expected: [LONG, 'fog'].sort(), triesAgain: true });
