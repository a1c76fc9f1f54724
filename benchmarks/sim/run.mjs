// Schedules per second of the synchronous simulation, beside fast-check's own cost, in one run. Figures count CPU
// seconds of this process, so that what else the machine does matters less. Run: npm run bench:sim
import fc from 'fast-check';
import { Dispatcher, isBytes } from '../../dist/core/index.js';
import { echoScenario, forwarderScenario } from '../../dist/harness/scenarios/index.js';
import { EchoServer } from '../../dist/services/index.js';
import { Arena, calm, explore, runScenario } from '../../dist/sim/index.js';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const PING = Uint8Array.of(1, 2, 3, 4);

/** Sends three times, waits for each echo, closes. */
class Pinger extends Dispatcher {
  sent = 0;
  got = 0;
  isDone = false;

  handleConnect() {
    this.ping();
  }

  handleWrite() {}

  handleRead() {
    const data = this.recv(4096);
    if (!isBytes(data)) return;
    this.got += data.length;
    if (this.got < 4 * this.sent) return;
    if (this.sent < 3) this.ping();
    else this.shutdownWrite();
  }

  handleEnd() {
    this.isDone = true;
    this.close();
  }

  ping() {
    this.sent += 1;
    this.send(PING);
  }
}

/** Connect, 3 sends, echo, close, with the shipped echo server and a law that is asked after every step. */
const minimal = {
  name: 'minimal-echo',
  families: ['order', 'split', 'coalesce', 'end'],
  network: { latencyMs: 0 },
  setup(sim) {
    new EchoServer(sim.host('server').reactor, { host: '0.0.0.0', port: 7 });
    const pinger = new Pinger(sim.host('client').reactor);
    pinger.connect({ host: 'server', port: 7 });
    sim.always('no more comes back than was sent', () => pinger.got <= 4 * pinger.sent);
    sim.eventually('everything came back', () => pinger.isDone && pinger.got === 12);
  },
};

/** Runs `batch` until the time is up; how many units it did in a CPU second. */
function rate(batch) {
  batch();
  const started = process.cpuUsage();
  let units = 0;
  let cpuSeconds = 0;
  while (cpuSeconds < SECONDS) {
    units += batch();
    const { user, system } = process.cpuUsage(started);
    cpuSeconds = (user + system) / 1e6;
  }
  return units / cpuSeconds;
}

const arena = new Arena();
const search = (scenario, options) => () => {
  let decisions = 0;
  const report = explore(scenario, {
    ...options,
    schedules: 20_000,
    onRun: (run) => {
      decisions += run.decisions.length;
    },
  });
  if (report.failure !== null) throw report.failure.error;
  search.decisions = decisions / report.schedules;
  return report.schedules;
};
const repeat = (scenario, strategy) => () => {
  for (let run = 0; run < 2000; run += 1) runScenario(scenario, strategy, { arena });
  return 2000;
};
const echo = echoScenario({ name: 'echo-1x3', connections: 1, bytes: 3, families: minimal.families });
const forward = forwarderScenario({
  name: 'forward-1x2',
  connections: 1,
  bytesUp: 2,
  bytesDown: 2,
  families: minimal.families,
});

const rows = [];
const row = (name, perSecond, note = '') =>
  rows.push([name, Math.round(perSecond).toLocaleString('en'), note]);
row(
  'minimal echo, calm',
  rate(repeat({ ...minimal, families: [] }, calm)),
  'whole runs: world, connect, 3 sends, echo, close',
);
row('minimal echo, exhaustive', rate(search(minimal, { method: 'exhaustive', merge: false })), () => '');
rows.at(-1)[2] = `${search.decisions.toFixed(0)} decisions a run`;
row('echo-1x3, exhaustive', rate(search(echo, { method: 'exhaustive', merge: false })));
rows.at(-1)[2] = `${search.decisions.toFixed(0)} decisions a run`;
row('echo-1x3, random storm', rate(search({ ...echo, families: undefined }, { method: 'random' })));
rows.at(-1)[2] = `${search.decisions.toFixed(0)} decisions a run`;
row('forward-1x2, exhaustive', rate(search(forward, { method: 'exhaustive', merge: false })));
rows.at(-1)[2] = `${search.decisions.toFixed(0)} decisions a run`;
row(
  'fast-check, empty property',
  rate(() => {
    fc.assert(
      fc.property(fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }), () => true),
      { numRuns: 2000 },
    );
    return 2000;
  }),
  'array of 12 small integers',
);

const merged = explore(echo, { method: 'exhaustive', merge: true });
console.log(`${'\nper CPU second'.padEnd(31)}schedules`);
for (const [name, perSecond, note] of rows)
  console.log(`${name.padEnd(30)}${perSecond.padStart(12)}   ${note}`);
console.log(
  `\nmerging: echo-1x3 takes ${merged.schedules} runs (${merged.states} states) for ${merged.schedulesCovered.toLocaleString('en')} schedules`,
);
