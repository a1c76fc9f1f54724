// npm run bench:program: an unchanged http client and server on the simulation, beside the same on real loopback.
import http from 'node:http';
import net from 'node:net';
import { runProgram } from 'foulweather/harness';
import { Simulation } from 'foulweather/sim';

const REQUESTS = 2000;
const TESTS = 200;

const { performance } = globalThis;
const now = performance.now.bind(performance);

/** Requests one after the other over one keep-alive connection. */
async function exchange(listen, host) {
  const server = http.createServer((_request, response) => response.end('sunny'));
  const port = await listen(server);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let count = 0; count < REQUESTS; count += 1) {
    await new Promise((resolve, reject) => {
      http.get({ host, port, agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
    });
  }
  agent.destroy();
  server.close();
}

const real = () =>
  exchange(
    (server) => new Promise((resolve) => server.listen(0, () => resolve(server.address().port))),
    '127.0.0.1',
  );

const simulated = () => {
  const sim = new Simulation();
  const listen = (server) =>
    sim.host('server').run(() => new Promise((resolve) => server.listen(80, () => resolve(80))));
  return runProgram(sim, () => exchange(listen, 'server'));
};

/** One connection that asks once and is then idle for 10,000 simulated seconds. */
const idle = () => {
  const sim = new Simulation();
  return runProgram(
    sim,
    async () => {
      const server = net.createServer((socket) => socket.pipe(socket));
      await sim.host('server').run(() => new Promise((resolve) => server.listen(7, resolve)));
      const socket = net.connect(7, 'server').setKeepAlive(true, 1000);
      const beat = setInterval(() => socket.write('beat'), 1000);
      socket.resume();
      await new Promise((resolve) => setTimeout(resolve, 10_000_000));
      clearInterval(beat);
      socket.end();
      server.close();
    },
    { timeoutMs: 20_000_000 },
  );
};

const empty = async () => {
  for (let count = 0; count < TESTS; count += 1) await runProgram(new Simulation(), () => {});
};

async function timeOf(work) {
  await work();
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const startedMs = now();
    await work();
    times.push(now() - startedMs);
  }
  return times.sort((a, b) => a - b)[1];
}

const perSecond = (count, durationMs) => Math.round((count * 1000) / durationMs);

console.log(`http on loopback        ${perSecond(REQUESTS, await timeOf(real))} requests/s`);
console.log(`http on the simulation  ${perSecond(REQUESTS, await timeOf(simulated))} requests/s`);
console.log(`10,000 s of an echo connection, a beat each second  ${Math.round(await timeOf(idle))} ms`);
console.log(`install, run an empty body, remove  ${((await timeOf(empty)) / TESTS).toFixed(2)} ms`);
