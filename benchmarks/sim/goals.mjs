// The figures beside those of the searches: the same echo on real loopback sockets, fast-check's scheduler, what merging
// leaves out, cost by the length of a run, memory by the number of schedules.
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { echoScenario } from '../../dist/harness/scenarios/index.js';
import { createRealReactor } from '../../dist/real/index.js';
import { EchoServer } from '../../dist/services/index.js';
import { explore } from '../../dist/sim/index.js';

const cpuSeconds = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** How many of `one` end in a CPU second, one after the other. */
async function rateOf(count, one) {
  for (let index = 0; index < count / 10; index += 1) await one();
  const started = process.cpuUsage();
  for (let index = 0; index < count; index += 1) await one();
  return count / cpuSeconds(started);
}

/** Connect, 3 sends, echo, close, by the shipped server and a client of the same class as in the simulation. */
export async function loopbackEchoes(Client, count) {
  const reactor = createRealReactor();
  const server = new EchoServer(reactor, { host: '127.0.0.1', port: 0 });
  const looping = reactor.loop();
  while (server.localAddress === null) await setImmediate();
  const { port } = server.localAddress;
  const rate = await rateOf(
    count,
    () =>
      new Promise((resolve) => {
        const client = new Client(reactor);
        client.onDone = resolve;
        client.connect({ host: '127.0.0.1', port });
      }),
  );
  reactor.closeAll();
  await looping;
  return rate;
}

/** A property whose `fc.scheduler` orders so many tasks. */
export function schedulerRuns(decisions, numRuns) {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    for (let task = 0; task < decisions; task += 1) void scheduler.schedule(Promise.resolve(task));
    await scheduler.waitFor(Promise.resolve());
    await scheduler.waitIdle();
  });
  return rateOf(3, () => fc.assert(property, { numRuns, endOnFailure: true })).then((rate) => rate * numRuns);
}

/** Runs of plain enumeration for one run with equal states merged, on two echo connections of 3 bytes each. */
export function pruningFactor(families) {
  const scenario = echoScenario({ name: 'echo-2x3', connections: 2, bytes: 3, families });
  const { schedules, schedulesCovered, states } = explore(scenario, { method: 'exhaustive', prune: 'none' });
  return { schedules, schedulesCovered, states };
}

/** CPU microseconds for a decision, by how many a run has. */
export function costByLength(lengths) {
  return lengths.map((bytes) => {
    const scenario = echoScenario({ name: 'long', connections: 1, bytes, readSizeBytes: 1, windowBytes: 16 });
    let decisions = 0;
    const search = (schedules) =>
      explore(scenario, {
        method: 'random',
        weather: 'breeze',
        schedules,
        checkDeterminism: 0,
        onRun: (run) => (decisions += run.decisions.length),
      });
    const schedules = Math.max(10, Math.round(30_000 / bytes));
    search(Math.ceil(schedules / 5));
    decisions = 0;
    const started = process.cpuUsage();
    search(schedules);
    return { perRun: decisions / schedules, perDecisionUs: (cpuSeconds(started) * 1e6) / decisions };
  });
}

/** Mebibytes of heap in use during a search, by how many schedules it has run. */
export function heapBySchedules(scenario, options, counts) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const found = [];
  let seen = 0;
  explore(scenario, {
    ...options,
    schedules: counts.at(-1),
    onRun: () => {
      seen += 1;
      if (seen !== counts[found.length]) return;
      collect();
      found.push({ schedules: seen, mebibytes: process.memoryUsage().heapUsed / 2 ** 20 });
    },
  });
  return found;
}
