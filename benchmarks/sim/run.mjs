// Schedules per second of the synchronous simulation, beside fast-check's own cost, in one run. Figures count CPU
// seconds of this process, so that what else the machine does matters less. Run: npm run bench:sim
import fc from 'fast-check';
import { Dispatcher, isBytes } from '../../dist/core/index.js';
import { echoScenario, forwarderScenario } from '../../dist/harness/scenarios/index.js';
import { EchoServer } from '../../dist/services/index.js';
import { Arena, calm, explore, runScenario } from '../../dist/sim/index.js';
import { readOptions } from '../options.mjs';
import { costByLength, heapBySchedules, loopbackEchoes, pruningFactor, schedulerRuns } from './goals.mjs';

const { seconds: SECONDS } = readOptions('npm run bench:sim', {
  seconds: { byDefault: 2, isFraction: true, about: 'CPU time for each row' },
});
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
    this.onDone?.();
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

/** Runs `batch` for so many CPU seconds; how many units it did in one. */
function rateDuring(batch, seconds) {
  const started = process.cpuUsage();
  let units = 0;
  let cpuSeconds = 0;
  while (cpuSeconds < seconds) {
    units += batch();
    const { user, system } = process.cpuUsage(started);
    cpuSeconds = (user + system) / 1e6;
  }
  return units / cpuSeconds;
}

/** As it is once the compiler has come to rest, which the row before has given other work: the first third is not counted. */
function rate(batch) {
  rateDuring(batch, SECONDS / 2);
  return rateDuring(batch, SECONDS);
}

const arena = new Arena();
const search = (scenario, options) => () => {
  const report = explore(scenario, { ...options, schedules: 20_000 });
  if (report.failure !== null) throw report.failure.error;
  return report.schedules;
};
/** How many decisions a run has. Not counted while the rate is: who looks at each run keeps a search from using it again. */
function decisionsPerRun(scenario, options) {
  let decisions = 0;
  const count = (run) => (decisions += run.decisions.length);
  const { schedules } = explore(scenario, { ...options, schedules: 20_000, onRun: count });
  return decisions / schedules;
}
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
const row = (name, perSecond, decisions = 0, note = '') => rows.push({ name, perSecond, decisions, note });
const searchRow = (name, scenario, options) =>
  row(name, rate(search(scenario, options)), decisionsPerRun(scenario, options));
const plain = { method: 'exhaustive', merge: false, prune: 'none' };
row('minimal echo, calm', rate(repeat({ ...minimal, families: [] }, calm)), 0, 'no decisions');
searchRow('minimal echo, exhaustive', minimal, plain);
searchRow('minimal echo, random', minimal, { method: 'random' });
searchRow('echo-1x3, exhaustive', echo, plain);
searchRow('echo-1x3, random storm', { ...echo, families: undefined }, { method: 'random' });
searchRow('forward-1x2, exhaustive', forward, plain);
searchRow('forward-1x2, random storm', { ...forward, families: undefined }, { method: 'random' });
row(
  'fast-check, empty property',
  rate(() => {
    fc.assert(
      fc.property(fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }), () => true),
      { numRuns: 2000 },
    );
    return 2000;
  }),
  0,
  'array of 12 small integers',
);
row('fc.scheduler', await schedulerRuns(24, 500), 24, 'as many tasks as minimal echo has decisions');
row('minimal echo, real loopback', await loopbackEchoes(Pinger, 2000), 0, 'the same server and client class');

const whole = (value) => Math.round(value).toLocaleString('en');
console.log('\nper CPU second                    schedules   decisions  decisions/run');
for (const { name, perSecond, decisions, note } of rows) {
  const each = decisions === 0 ? '–' : whole(perSecond * decisions);
  console.log(
    `${name.padEnd(30)}${whole(perSecond).padStart(13)}${each.padStart(12)}${(decisions === 0 ? '–' : decisions.toFixed(0)).padStart(15)}   ${note}`,
  );
}
const { schedules, schedulesCovered, states } = pruningFactor(minimal.families);
console.log(
  `\npruning, two echo connections of 3 bytes: ${whole(schedules)} runs (${whole(states)} states) for ${schedulesCovered.toExponential(2)} schedules: ${(schedulesCovered / schedules).toExponential(1)} times fewer`,
);
console.log('\ndecisions in a run   CPU µs a decision');
for (const { perRun, perDecisionUs } of costByLength([3, 30, 300, 3000]))
  console.log(`${whole(perRun).padStart(18)}${perDecisionUs.toFixed(2).padStart(20)}`);
for (const [name, options] of [
  ['random', { method: 'random' }],
  ['exhaustive, merging', { method: 'exhaustive', prune: 'none' }],
]) {
  const heap = heapBySchedules(
    echoScenario({ name: 'echo-2x3', connections: 2, bytes: 3, families: minimal.families }),
    options,
    [1000, 10_000, 30_000],
  );
  const told = heap.map((one) => `${whole(one.schedules)}: ${one.mebibytes.toFixed(1)} MiB`).join(', ');
  console.log(`\nheap by schedules, ${name}: ${told}`);
}
