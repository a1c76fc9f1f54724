// Faults planned by hand, a line or two each: what happens to ordinary clients, and when.
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import { Aedes } from 'aedes';
import { test } from 'foulweather/vitest';
import mqtt from 'mqtt';
import { Pool, request } from 'undici';
import { expect } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

/** Boots a web server on the host whose code calls it. */
function serve(answer: http.RequestListener = (_, response) => response.end('sunny')): http.Server {
  return http.createServer(answer).listen(80);
}

/** The body that the server on host `api` answers with, or the code of what went wrong. */
async function ask(agent?: http.Agent): Promise<string> {
  const asked = http.get({ host: 'api', agent });
  try {
    const [response] = (await once(asked, 'response')) as [http.IncomingMessage];
    let body = '';
    for await (const chunk of response) body += chunk;
    return body;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

test('the first connects are refused: a client that tries again gets through', async ({ sim }) => {
  const server = sim.host('api').run(serve);
  sim.network.link('app', 'api').refuseNext(2);
  const answers = [];
  for (let attempt = 0; attempt < 3; attempt += 1) answers.push(await ask());
  expect(answers).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'sunny']);
  server.close();
});

test('an idle keep-alive connection is reset: the pool makes another', async ({ sim }) => {
  const server = sim.host('api').run(serve);
  const agent = new http.Agent({ keepAlive: true });
  expect(await ask(agent)).toBe('sunny');
  sim.connections[0].reset();
  await sleep(10);
  expect(await ask(agent)).toBe('sunny');
  expect(sim.network.connectionCount).toBe(2);
  agent.destroy();
  server.close();
});

test('a body is cut after 1,000 bytes: fetch says so, and does not take it for whole', async ({ sim }) => {
  const server = sim.host('api').run(() => serve((_, response) => response.end('fog '.repeat(1000))));
  sim.link('api', 'app').cutAfter({ bytes: 1000 });
  await expect(fetch('http://api/').then((response) => response.text())).rejects.toThrow('terminated');
  server.close();
});

test('of three connections of a pool, the second is reset half a second after it was made', async ({
  sim,
}) => {
  const server = sim.host('api').run(() => serve((_, answer) => setTimeout(() => answer.end('sunny'), 1000)));
  sim.network.link('app', 'api').onConnection(1, (connection) => {
    sim.at(sim.nowMs + 500, () => connection.reset());
  });
  const pool = new Pool('http://api', { connections: 3 });
  const asked = [1, 2, 3].map(() => pool.request({ path: '/', method: 'GET' }));
  const statuses = (await Promise.allSettled(asked)).map(({ status }) => status);
  expect(statuses).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  for (const one of await Promise.allSettled(asked))
    if (one.status === 'fulfilled') await one.value.body.dump();
  await pool.close();
  server.close();
});

test('a partition in the middle of a request: headersTimeout ends the wait', async ({ sim }) => {
  const server = sim.host('api').run(() => serve((_, answer) => setTimeout(() => answer.end('sunny'), 1000)));
  const link = sim.network.link('app', 'api');
  link.at(500, () => link.partition()).at(60_000, () => link.repair());
  const pool = new Pool('http://api', { headersTimeout: 5000 });
  await expect(pool.request({ path: '/', method: 'GET' })).rejects.toMatchObject({
    code: 'UND_ERR_HEADERS_TIMEOUT',
  });
  expect(sim.nowMs).toBeLessThan(7000);
  await sleep(60_000);
  expect(await (await request('http://api/', { dispatcher: pool })).body.text()).toBe('sunny');
  await pool.close();
  server.close();
});

test('a link is slow: 100,000 bytes at 10,000 a second take ten seconds', async ({ sim }) => {
  const server = sim.host('api').run(() => serve((_, response) => response.end(Buffer.alloc(100_000))));
  sim.network.link('app', 'api').latency({ delayMsMin: 50 }).bandwidth({ bytesPerSecond: 10_000 });
  expect(await ask()).toHaveLength(100_000);
  expect(sim.nowMs).toBeGreaterThan(10_000);
  expect(sim.nowMs).toBeLessThan(10_500);
  server.close();
});

test('a reader is slow: the writer has to wait for drain', async ({ sim }) => {
  const server = net.createServer((socket) => socket.resume());
  await sim.host('sink').run(() => once(server.listen(7), 'listening'));
  sim.host('sink').limitReading({ bytes: 1000, everyMs: 1000 });
  const socket = net.connect(7, 'sink');
  expect(socket.write(Buffer.alloc(200_000))).toBe(false);
  await once(socket, 'drain');
  expect(sim.nowMs).toBeGreaterThan(60_000);
  socket.destroy();
  server.close();
});

test('messages are held for a minute: they come late, in order, and once', async ({ sim }) => {
  const server = sim.host('api').run(() => serve());
  const heard: string[] = [];
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (message) => heard.push(String(message))));
  const socket = new WebSocket('ws://api/');
  await once(socket, 'open');
  const link = sim.network.link('app', 'api').hold();
  for (const message of ['fog', 'rain', 'sun']) socket.send(message);
  await sleep(60_000);
  expect(heard).toEqual([]);
  link.release();
  socket.close();
  await once(socket, 'close');
  expect(heard).toEqual(['fog', 'rain', 'sun']);
  server.close();
});

test('a server crashes and is up again: the old session meets a reset, a new one is answered', async ({
  sim,
}) => {
  const boot = (): void => {
    http2.createServer((_, response) => response.end('sunny')).listen(80);
  };
  const api = sim.host('api');
  api.run(boot);
  const talk = async (session: http2.ClientHttp2Session): Promise<string> => {
    let body = '';
    for await (const chunk of session.request({ ':path': '/' }).setEncoding('utf8')) body += chunk;
    return body;
  };
  const session = http2.connect('http://api').on('error', () => {});
  expect(await talk(session)).toBe('sunny');
  api.crash().restart(boot);
  await expect(talk(session)).rejects.toMatchObject({ code: 'ECONNRESET' });
  const another = http2.connect('http://api');
  expect(await talk(another)).toBe('sunny');
  another.destroy();
  api.crash();
});

test('a partition of two minutes: a message of QoS 1 comes after it, found out by keepalive', async ({
  sim,
}) => {
  const broker = await Aedes.createBroker();
  const server = net.createServer(broker.handle);
  await sim.host('broker').run(() => once(server.listen(1883), 'listening'));
  const heard: string[] = [];
  broker.on('publish', ({ topic, payload }) => void (topic === 'sky' && heard.push(`${payload}`)));
  const client = mqtt.connect('mqtt://broker', { keepalive: 10, reconnectPeriod: 1000 });
  await new Promise<unknown>((resolve) => client.once('connect', resolve));
  const link = sim.network.link('app', 'broker').partition();
  sim.at(120_000, () => void link.repair());
  let closes = 0;
  client.on('close', () => {
    closes += 1;
  });
  await client.publishAsync('sky', 'fog', { qos: 1 });
  expect(closes).toBeGreaterThan(0);
  expect(sim.nowMs).toBeGreaterThan(120_000);
  expect(new Set(heard)).toEqual(new Set(['fog']));
  await client.endAsync();
  await new Promise<void>((resolve) => broker.close(resolve));
  server.close();
});

const text = {
  requestSerialize: Buffer.from,
  requestDeserialize: String,
  responseSerialize: Buffer.from,
  responseDeserialize: String,
};
const SKY = { look: { path: '/Sky/Look', requestStream: false, responseStream: false, ...text } };

test('a slow link and a deadline: the call is given up in time, and the next one is not spoilt', async ({
  sim,
}) => {
  const server = new grpc.Server();
  const look = (_: unknown, answer: (error: null, sky: string) => void): void => answer(null, 'sunny');
  server.addService(SKY as never, { look } as never);
  const bound = (done: () => void): void =>
    server.bindAsync('0.0.0.0:50051', grpc.ServerCredentials.createInsecure(), () => done());
  await sim.host('api').run(() => new Promise<void>(bound));
  sim.network.link('app', 'api').latency({ delayMsMin: 300 });
  const Client = grpc.makeGenericClientConstructor(SKY as never, 'Sky');
  const client = new Client('api:50051', grpc.credentials.createInsecure());
  const call = (deadlineMs: number): Promise<string> =>
    new Promise((resolve, reject) => {
      client.look('now', { deadline: Date.now() + deadlineMs }, (error: Error | null, sky: string) =>
        error === null ? resolve(sky) : reject(error),
      );
    });
  await expect(call(500)).rejects.toMatchObject({ code: grpc.status.DEADLINE_EXCEEDED });
  expect(sim.nowMs).toBe(500);
  expect(await call(5000)).toBe('sunny');
  client.close();
  server.forceShutdown();
});

test('a peer goes silent: TCP’s keep-alive finds it after its delay and ten questions', async ({ sim }) => {
  const server = net.createServer();
  await sim.host('station').run(() => once(server.listen(7), 'listening'));
  const socket = net.connect({ port: 7, host: 'station', keepAlive: true, keepAliveInitialDelay: 10_000 });
  await once(socket, 'connect');
  sim.host('station').crash();
  const error = await once(socket, 'close').catch((thrown) => thrown);
  expect(error).toMatchObject({ code: 'ETIMEDOUT' });
  expect(sim.nowMs).toBeGreaterThanOrEqual(20_000);
});
