// npm run bench:program: an unchanged client and server on the simulation, beside the same on real loopback.
import net from 'node:net';
import { runProgram } from 'foulweather/harness';
import { Simulation } from 'foulweather/sim';
import { readOptions } from '../options.mjs';
import { SHAPES } from './shapes.mjs';

const {
  requests: REQUESTS,
  rounds: ROUNDS,
  tests: TESTS,
} = readOptions('npm run bench:program', {
  requests: { byDefault: 5000, about: 'requests of a round; of the other shapes, their share' },
  rounds: { byDefault: 3, about: 'paired rounds' },
  tests: { byDefault: 200, about: 'installations' },
});

/** CPU time of this process, so that what else the machine does counts little. Both ends of a connection are in it. */
const { cpuUsage } = process;
const now = () => {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
};

const real = ({ work }, count) => {
  const listen = (server) => new Promise((resolve) => server.listen(0, () => resolve(server.address().port)));
  return work(listen, '127.0.0.1', count);
};

const simulated = ({ work }, count) => {
  const sim = new Simulation();
  const listen = (server) =>
    sim.host('server').run(() => new Promise((resolve) => server.listen(80, () => resolve(80))));
  // By address, as over loopback.
  return runProgram(sim, () => work(listen, sim.host('server').address, count));
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

/** CPU times of works in turn, so that what else the machine does strikes all alike. Two rounds first, for the compiler. */
async function timesOf(works) {
  const times = works.map(() => []);
  for (let round = -2; round < ROUNDS; round += 1)
    for (const [index, work] of works.entries()) {
      const startedMs = now();
      await work();
      if (round >= 0) times[index].push(now() - startedMs);
    }
  return times.map((list) => list.sort((a, b) => a - b)[ROUNDS >> 1]);
}

console.log('per second of CPU time              loopback  simulation   ratio');
for (const [name, shape] of Object.entries(SHAPES)) {
  const count = Math.ceil(REQUESTS * shape.share);
  const [realMs, simulatedMs] = await timesOf([() => real(shape, count), () => simulated(shape, count)]);
  const cells = [realMs, simulatedMs].map((durationMs) => Math.round((count * 1000) / durationMs));
  console.log(
    `${name.padEnd(34)}${String(cells[0]).padStart(10)}${String(cells[1]).padStart(12)}${(realMs / simulatedMs).toFixed(2).padStart(8)}`,
  );
}
const [idleMs, emptyMs] = await timesOf([idle, empty]);
console.log(`10,000 s of an echo connection, a beat each second  ${Math.round(idleMs)} ms`);
console.log(`install, run an empty body, remove  ${(emptyMs / TESTS).toFixed(2)} ms`);
