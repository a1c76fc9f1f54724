// A worker thread: takes one task after another, and sends back what they come to. Scenario modules are loaded here and
// nowhere else, so that whatever they do, the main thread goes on.
import { parentPort, workerData } from 'node:worker_threads';
import { ArgumentError } from '../../core/index.ts';
import { stackOf, tellThrown } from '../../core/thrown.ts';
import { Arena, SimulationError } from '../../sim/index.ts';
import { watchRealNetwork } from '../real-network-wires.ts';
import type { Results, Task, ToldRun, WorkerMessage } from './job.ts';
import { type LoadedScenario, loadScenarios } from './load-scenarios.ts';
import { sendOutput } from './output.ts';
import { watchProcess } from './process-wires.ts';
import { Pulse } from './pulse.ts';
import { replay } from './replay.ts';
import { runJob } from './run-job.ts';
import { publishRun } from './stuck.ts';
import { tell } from './tell.ts';

const post = (message: WorkerMessage): void => parentPort!.postMessage(message);

/** What this thread does, and for which scenario. */
class Worker {
  private readonly pulse = new Pulse((workerData as { readonly memory: SharedArrayBuffer }).memory);
  private readonly arena = new Arena(undefined, this.pulse.runs);
  private loaded: Promise<readonly LoadedScenario[]> | null = null;
  private scenario = '';

  /** The run under way, or the last one. */
  tellRun(): ToldRun | null {
    const { current } = this.arena;
    return current === null ? null : tell(this.scenario, current);
  }

  async carryOut(task: Task): Promise<Results[keyof Results]> {
    this.loaded ??= loadScenarios(task.kind === 'explore' ? task.job.modules : task.modules);
    const found = await this.loaded;
    post({ kind: 'loaded' });
    if (task.kind === 'list')
      return found.map(({ scenario, options, module }) => ({ name: scenario.name, options, module }));
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

parentPort!.on('message', (task: Task) => {
  worker
    .carryOut(task)
    .then((result) => post({ kind: 'done', result }))
    .catch((error: unknown) => {
      const isUsage =
        error instanceof ArgumentError || (error instanceof SimulationError && error.code === 'ERR_REPLAY');
      post({
        kind: 'error',
        isUsage,
        message: isUsage ? error.message : stackOf(error) || tellThrown(error),
      });
    });
});
