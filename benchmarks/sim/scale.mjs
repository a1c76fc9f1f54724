// The simulation at scale: what an event costs among many idle connections, hosts and timers, what an idle connection
// weighs, and whether a long run grows. Each ratio is of two figures of one run. Run: npm run bench:scale
import { performance } from 'node:perf_hooks';
import { Dispatcher, isBytes } from '../../dist/core/index.js';
import { createNet } from '../../dist/net/index.js';
import { Simulation } from '../../dist/sim/index.js';
import { readOptions } from '../options.mjs';

const {
  rounds: ROUNDS,
  scale: SCALE,
  steps,
} = readOptions('npm run bench:scale', {
  rounds: { byDefault: 7, about: 'rounds, of which the best counts' },
  scale: { byDefault: 1, isFraction: true, about: 'of all numbers: 0.1 is a quick look' },
  steps: { byDefault: 1e7, about: 'events of the long run' },
});
const LONG_STEPS = steps * SCALE;
const PING = new Uint8Array(64);

class Echo extends Dispatcher {
  constructor(reactor, endpoint) {
    super(reactor, endpoint);
    this.wantWrite(false);
  }
  handleRead() {
    const data = this.recv(65536);
    if (isBytes(data)) this.send(data);
  }
  handleEnd() {
    this.close();
  }
}

class Server extends Dispatcher {
  static on(host) {
    const server = new Server(host.reactor);
    server.bind({ host: '0.0.0.0', port: 7 });
    server.listen(65535);
    return server;
  }
  handleAccepted(endpoint) {
    new Echo(this.reactor, endpoint);
  }
}

class Client extends Dispatcher {
  sent = 0;
  got = 0;
  limit = 0;
  constructor(host, remote) {
    super(host.reactor);
    this.connect({ host: remote, port: 7 });
    this.wantWrite(false);
  }
  handleConnect() {}
  burst(count) {
    this.sent = count;
    this.send(new Uint8Array(count * PING.length));
  }
  ping(count) {
    this.limit = this.sent + count;
    this.sent += 1;
    this.send(PING);
  }
  handleRead() {
    const data = this.recv(65536);
    if (!isBytes(data)) return;
    this.got += data.length;
    if (this.got === this.sent * PING.length && this.sent < this.limit) this.ping(this.limit - this.sent);
  }
  handleEnd() {
    this.close();
  }
}

/** `connections` idle connections from `hosts` clients' hosts to one server; the first is the one that pings. */
function world(connections, hosts, options = {}) {
  const sim = new Simulation({ families: [], ...options });
  Server.on(sim.host('server'));
  const clients = [];
  for (let index = 0; index < connections; index += 1)
    clients.push(new Client(sim.host(`h${index % hosts}`), 'server'));
  sim.run({ allowOpen: true, maxSteps: 1e9 });
  return { sim, clients };
}

/** CPU microseconds of this process. */
function cpuMicros(body) {
  const before = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** CPU nanoseconds an event, among few and among many, in turns; and the median of the rounds' ratios. */
function compare(few, many) {
  const costs = [[], []];
  for (let round = -2; round < ROUNDS; round += 1)
    [few, many].forEach((run, index) => {
      let steps = 0;
      const micros = cpuMicros(() => {
        steps = run();
      });
      if (round >= 0) costs[index].push((micros * 1000) / steps);
    });
  const ratios = costs[1].map((cost, index) => cost / costs[0][index]);
  return { few: median(costs[0]), many: median(costs[1]), ratio: median(ratios) };
}

function pinger({ sim, clients }, pings) {
  return () => {
    const { steps } = sim;
    clients[0].ping(pings);
    sim.run({ allowOpen: true, maxSteps: 1e9 });
    return sim.steps - steps;
  };
}

const rows = [];
const say = (name, few, many, ratio, note = '') => {
  const row = [name, few, many, ratio, note];
  rows.push(row);
  console.log(
    `${name.padEnd(46)}${String(few).padStart(12)}${String(many).padStart(12)}${String(ratio).padStart(8)}  ${note}`,
  );
};
const ns = (value) => `${Math.round(value)} ns`;

console.log(`${''.padEnd(46)}${'few'.padStart(12)}${'many'.padStart(12)}${'ratio'.padStart(8)}`);
const PINGS = 20_000 * SCALE;
function costRow(name, few, many, note) {
  const { few: a, many: b, ratio } = compare(few, many);
  say(name, ns(a), ns(b), ratio.toFixed(2), note);
}
costRow(
  'event, 1 active of 10 and 10,000 connections',
  pinger(world(10, 1), PINGS),
  pinger(world(10_000, 1), PINGS),
);
costRow(
  'event, 1 active of 10 and 1,000 hosts',
  pinger(world(10, 10), PINGS),
  pinger(world(1000, 1000), PINGS),
);
costRow(
  'event, with order decisions',
  pinger(world(10, 10, { families: ['order'] }), PINGS),
  pinger(world(10_000, 1000, { families: ['order'] }), PINGS),
);

/** Connections that come, echo and go, beside those that stay. */
function churner({ sim, clients }, count) {
  const host = clients[0].reactor.transport;
  return () => {
    const { steps } = sim;
    for (let index = 0; index < count; index += 1) {
      const client = new Client(host, 'server');
      sim.run({ allowOpen: true });
      client.ping(1);
      sim.run({ allowOpen: true });
      client.close();
      sim.run({ allowOpen: true });
    }
    return sim.steps - steps;
  };
}
costRow(
  'event, connections come and go, of 10 and 10,000',
  churner(world(10, 1), PINGS / 5),
  churner(world(10_000, 1), PINGS / 5),
);

/** Timers among many that never come due. */
function timers(pending) {
  const sim = new Simulation({ families: [] });
  const { clock } = sim.host('h');
  for (let index = 0; index < pending; index += 1) clock.setTimer(1e9 + ((index * 7919) % pending), () => {});
  return { sim, clock };
}
function setAndCancel({ clock }) {
  return () => {
    for (let index = 0; index < PINGS; index += 1) clock.setTimer(1e9 + index, () => {}).cancel();
    return PINGS;
  };
}
function fire({ sim, clock }) {
  return () => {
    let left = PINGS;
    const next = () => {
      left -= 1;
      if (left > 0) clock.setTimer(1, next);
    };
    clock.setTimer(1, next);
    while (left > 0) sim.step();
    return PINGS;
  };
}
costRow('set and cancel a timer, of 10 and 100,000', setAndCancel(timers(10)), setAndCancel(timers(100_000)));
costRow('set and fire a timer, of 10 and 100,000', fire(timers(10)), fire(timers(100_000)));

function heapBytes() {
  for (let round = 0; round < 4; round += 1) globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes a connection, both ends; with what was sent over it before it fell idle. */
function weigh(connections, hosts, { withDispatchers, talks }) {
  const sim = new Simulation({ families: [] });
  const server = sim.host('server');
  const endpoints = [];
  if (withDispatchers) Server.on(server);
  const listener = withDispatchers ? null : server.listen({ host: '0.0.0.0', port: 7 }, { backlog: 65535 });
  for (let index = 0; index < hosts; index += 1) sim.host(`h${index}`);
  sim.run({ allowOpen: true });
  const before = heapBytes();
  for (let index = 0; index < connections; index += 1) {
    const host = sim.host(`h${index % hosts}`);
    const client = withDispatchers ? new Client(host, 'server') : host.connect({ host: 'server', port: 7 });
    endpoints.push(client);
    if (index % 1000 === 999) settle();
  }
  function settle() {
    sim.run({ allowOpen: true, maxSteps: 1e9 });
    if (listener === null) return;
    for (let next = listener.accept(); next !== null; next = listener.accept()) endpoints.push(next.endpoint);
  }
  settle();
  if (talks > 0) for (const client of endpoints) client.burst(talks);
  settle();
  const bytes = heapBytes() - before;
  // Asked afterwards: what nobody needs any more would not have been counted.
  if (endpoints.length < connections || sim.connections.length !== connections)
    throw new Error(`${sim.connections.length} of ${connections} connections are there`);
  return bytes / connections;
}
if (globalThis.gc !== undefined) {
  const bytes = (value) => `${Math.round(value)} B`;
  for (const [name, options] of [
    ['idle connection, both endpoints', { withDispatchers: false, talks: 0 }],
    ['idle connection, and both dispatchers', { withDispatchers: true, talks: 0 }],
    ['the same, having echoed 64 bytes', { withDispatchers: true, talks: 1 }],
    ['the same, having echoed 16 KiB', { withDispatchers: true, talks: 256 }],
  ]) {
    const weights = (hosts) => median([0, 1, 2].map(() => weigh(10_000, hosts, options)));
    const [few, many] = [weights(10), weights(1000)];
    say(name, bytes(few), bytes(many), (many / few).toFixed(2), 'each of 10,000, over 10 and 1,000 hosts');
  }
}

/** The façade's sockets, and the least of a driver: one event, then whatever JavaScript has queued. */
async function facade(connections) {
  const sim = new Simulation({ families: [] });
  const run = async (isDone) => {
    while (!isDone()) {
      sim.step();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  createNet(sim.host('server'))
    .createServer((socket) => socket.pipe(socket))
    .listen(7);
  const client = createNet(sim.host('client'));
  let connected = 0;
  const sockets = Array.from({ length: connections }, () =>
    client.connect(7, 'server', () => {
      connected += 1;
    }),
  );
  await run(() => connected === connections);
  let left = 0;
  sockets[0].on('data', () => {
    left -= 1;
    if (left > 0) sockets[0].write(PING);
  });
  return async (pings) => {
    const [steps, before] = [sim.steps, process.cpuUsage()];
    left = pings;
    sockets[0].write(PING);
    await run(() => left === 0);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / (sim.steps - steps);
  };
}
{
  const runs = [await facade(10), await facade(2000)];
  const costs = [[], []];
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [index, run] of runs.entries()) {
      const cost = await run(2000 * SCALE);
      if (round >= 0) costs[index].push(cost);
    }
  const ratio = median(costs[1].map((cost, index) => cost / costs[0][index]));
  say(
    'event, façade, 1 active of 10 and 2,000',
    ns(median(costs[0])),
    ns(median(costs[1])),
    ratio.toFixed(2),
  );
}

/** 100 MB over 10,000 connections of 1,000 hosts, all at once. */
class Bulk extends Client {
  left = 0;
  handleConnect() {
    this.left = 10_000;
    this.pump();
  }
  pump() {
    while (this.left > 0) {
      const accepted = this.send(CHUNK.subarray(0, this.left));
      this.left -= accepted;
      if (accepted === 0) return;
    }
    this.wantWrite(false);
    this.shutdownWrite();
  }
  handleWrite() {
    this.pump();
  }
  handleRead() {
    const data = this.recv(65536);
    if (isBytes(data)) this.got += data.length;
  }
}
const CHUNK = new Uint8Array(10_000).fill(65);
{
  const sim = new Simulation({ families: [] });
  for (let index = 0; index < 100; index += 1) Server.on(sim.host(`s${index}`));
  const clients = [];
  for (let index = 0; index < 10_000 * SCALE; index += 1)
    clients.push(new Bulk(sim.host(`h${index % 900}`), `s${index % 100}`));
  const started = performance.now();
  const micros = cpuMicros(() => sim.run({ maxSteps: 1e9 }));
  const total = clients.reduce((sum, { got }) => sum + got, 0);
  if (total !== clients.length * 10_000) throw new Error(`${total} bytes came back`);
  console.log(
    `\n${(total / 1e6).toFixed(0)} MB echoed over ${clients.length} connections, 1,000 hosts: ${(micros / 1e6).toFixed(2)} CPU s, ${((performance.now() - started) / 1000).toFixed(2)} s, ${sim.steps} events (${Math.round((micros * 1000) / sim.steps)} ns each), ${sim.nowMs} virtual ms`,
  );
}

/** A long run: memory after a tenth of it, and at its end. */
if (globalThis.gc !== undefined) {
  const { sim, clients } = world(100, 10);
  const until = (steps) => {
    while (sim.steps < steps) {
      for (const client of clients) client.ping(100);
      // Connections come and go as well.
      const [old] = clients.splice(0, 1);
      old.close();
      clients.push(new Client(sim.host('h0'), 'server'));
      sim.run({ allowOpen: true, maxSteps: 1e9 });
    }
    return heapBytes();
  };
  const early = until(LONG_STEPS / 10);
  const late = until(LONG_STEPS);
  say(
    `memory after ${LONG_STEPS / 10} and ${LONG_STEPS} events`,
    `${(early / 1e6).toFixed(2)} MB`,
    `${(late / 1e6).toFixed(2)} MB`,
    (late / early).toFixed(2),
  );
}
