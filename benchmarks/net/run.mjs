// npm run bench:net: node:http and bulk data over the façade, beside real loopback sockets and stream.duplexPair.
import http from 'node:http';
import net from 'node:net';
import * as stream from 'node:stream';
import { createNet } from '../../dist/net/index.js';
import { Simulation } from '../../dist/sim/index.js';
import { readOptions } from '../options.mjs';

const { rounds, requests, megabytes } = readOptions('npm run bench:net', {
  rounds: { byDefault: 3, about: 'paired rounds, medians are printed' },
  requests: { byDefault: 5000, about: 'HTTP requests in one measurement' },
  megabytes: { byDefault: 200, about: 'bulk data in one measurement' },
});
const CONNECTIONS = 10;
const CHUNK = Buffer.alloc(65536, 'x');

/** Each way to carry bytes: `listen(onSocket)` gives { connect, close }. */
const CARRIERS = {
  'real loopback': listenReal,
  'the façade': listenFacade,
  'stream.duplexPair': stream.duplexPair === undefined ? null : listenPair,
};

async function listenReal(onSocket) {
  const server = net.createServer(onSocket);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return { connect: () => net.connect(port, '127.0.0.1'), close: () => server.close() };
}

async function listenFacade(onSocket) {
  const sim = new Simulation({ families: [] });
  const client = createNet(sim.host('client'));
  createNet(sim.host('server')).createServer(onSocket).listen(80);
  let isRunning = true;
  // The least of a driver: one event, then whatever JavaScript has queued.
  const drive = () => {
    if (!isRunning) return;
    sim.step();
    setImmediate(drive);
  };
  setImmediate(drive);
  return {
    connect: () => client.connect(80, 'server'),
    close: () => {
      isRunning = false;
    },
  };
}

async function listenPair(onSocket) {
  const connect = () => {
    const [near, far] = stream.duplexPair();
    // What node:http asks of a socket besides a stream.
    for (const side of [near, far])
      for (const name of ['setKeepAlive', 'setNoDelay', 'setTimeout', 'ref', 'unref', 'destroySoon'])
        side[name] = name === 'destroySoon' ? side.destroy : () => side;
    setImmediate(onSocket, far);
    return near;
  };
  return { connect, close: () => {} };
}

async function requestsPerSecond(listen) {
  const site = http.createServer((_request, response) => response.end('hello'));
  const { connect, close } = await listen((socket) => site.emit('connection', socket));
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  agent.createConnection = connect;
  const get = () =>
    new Promise((resolve, reject) => {
      http
        .get({ host: 'server', agent }, (response) => response.resume().on('end', resolve))
        .on('error', reject);
    });
  let left = requests;
  const startedMs = performance.now();
  const one = async () => {
    while (left-- > 0) await get();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  const seconds = (performance.now() - startedMs) / 1000;
  agent.destroy();
  close();
  return requests / seconds;
}

async function megabytesPerSecond(listen) {
  const { promise, resolve } = deferred();
  const { connect, close } = await listen((socket) => socket.resume().on('end', resolve));
  const socket = connect();
  const startedMs = performance.now();
  for (let sent = 0; sent < megabytes * 1e6; sent += CHUNK.length)
    if (!socket.write(CHUNK)) await new Promise((drained) => socket.once('drain', drained));
  socket.end();
  await promise;
  const seconds = (performance.now() - startedMs) / 1000;
  socket.destroy();
  close();
  return megabytes / seconds;
}

/** Seconds of real time for 10,000 virtual seconds of a connection that says nothing. */
async function idleSeconds() {
  const sim = new Simulation({ families: [] });
  createNet(sim.host('server')).createServer().listen(80);
  const socket = createNet(sim.host('client')).connect(80, 'server');
  const { promise, resolve } = deferred();
  socket.setTimeout(10_000_000, resolve);
  const startedMs = performance.now();
  const drive = () => {
    if (sim.step()) setImmediate(drive);
  };
  setImmediate(drive);
  await promise;
  return (performance.now() - startedMs) / 1000;
}

function deferred() {
  let resolve;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

const results = new Map();
for (let round = 0; round < rounds; round += 1)
  for (const [name, listen] of Object.entries(CARRIERS)) {
    if (listen === null) continue;
    const found = results.get(name) ?? { requests: [], megabytes: [] };
    results.set(name, found);
    found.requests.push(await requestsPerSecond(listen));
    found.megabytes.push(await megabytesPerSecond(listen));
  }
for (const [name, found] of results)
  console.log(
    `${name.padEnd(18)} ${median(found.requests).toFixed(0).padStart(7)} requests/s ${median(found.megabytes).toFixed(0).padStart(7)} MB/s`,
  );
console.log(`10,000 idle virtual seconds take ${(await idleSeconds()).toFixed(3)} s`);
