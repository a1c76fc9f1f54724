// A worker thread: takes one task after another, and sends back what they come to. Scenario modules are loaded here and
// nowhere else, so that whatever they do, the main thread goes on.
import { parentPort, workerData } from 'node:worker_threads';
import { ArgumentError } from '../../core/index.js';
import { Arena, SimulationError } from '../../sim/index.js';
import { watchRealNetwork } from '../real-network-wires.js';
import { loadScenarios } from './load-scenarios.js';
import { sendOutput } from './output.js';
import { watchProcess } from './process-wires.js';
import { Pulse } from './pulse.js';
import { replay } from './replay.js';
import { runJob } from './run-job.js';
import { publishRun } from './stuck.js';
import { tell } from './tell.js';

const post = (message) => parentPort.postMessage(message);
/** What this thread does, and for which scenario. */
class Worker {
  constructor() {
    this.pulse = new Pulse(workerData.memory);
    this.arena = new Arena(undefined, this.pulse.runs);
    this.loaded = null;
    this.scenario = '';
  }
  /** The run under way, or the last one. */
  tellRun() {
    const { current } = this.arena;
    return current === null ? null : tell(this.scenario, current);
  }
  async carryOut(task) {
    this.loaded ??= loadScenarios(task.kind === 'explore' ? task.job.modules : task.modules);
    const found = await this.loaded;
    post({ kind: 'loaded' });
    if (task.kind === 'list')
      return found.map((entry) => ({ name: entry.scenario.name, options: entry.options }));
    if (task.kind === 'explore') {
      this.scenario = task.job.scenario;
      return runJob(task.job, found, this.pulse, this.arena);
    }
    this.scenario = task.schedule.split('.')[1] ?? '';
    return replay(task.schedule, found, this.arena);
  }
}
const worker = new Worker();
watchRealNetwork();
watchProcess();
sendOutput((text) => post({ kind: 'output', text }));
publishRun(() => worker.tellRun());
parentPort.on('message', (task) => {
  worker.carryOut(task).then(
    (result) => post({ kind: 'done', result }),
    (error) => {
      const isUsage =
        error instanceof ArgumentError || (error instanceof SimulationError && error.code === 'ERR_REPLAY');
      const [text, detail] = error instanceof Error ? [error.message, error.stack] : [String(error), ''];
      post({ kind: 'error', isUsage, message: isUsage ? text : (detail ?? text) });
    },
  );
});
