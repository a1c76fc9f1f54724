import cluster, {} from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { LocalGate } from '../../services/index.js';
import { onStopSignal } from '../stop-signal.js';
import { CommandError } from '../usage-error.js';
import { startAdmin, stopAdmin } from './admin.js';
import { ServiceLog } from './service-log.js';
import { limitsOf, parseAdmin } from './service-plan.js';
import { removeStaleSockets } from './stale-socket.js';

/** A worker that died is replaced after this time, so that one that dies at once does not keep a core busy. */
const RESTART_PAUSE_MS = 1000;
/** Starts the workers, keeps the limits and the metrics of all of them, and stops them together. */
export async function runPrimary(plan) {
  const { drainDeadline, shutdownDelay, workers, admin, logFormat, quiet } = plan.values;
  const log = new ServiceLog({ format: logFormat, isQuiet: quiet, service: plan.name, worker: 0 });
  const stopping = onStopSignal();
  const crew = new Crew(new LocalGate(limitsOf(plan)), log);
  for (const path of await removeStaleSockets(plan.locals)) log.replaced(path);
  // A second signal ends this process at once, and the workers with it.
  process.once('exit', killWorkers);
  await crew.start(workers);
  let adminServer = null;
  let isReady = true;
  const address = admin === undefined ? null : parseAdmin(admin, []);
  if (address !== null) {
    const aggregator = new AggregatorRegistry();
    try {
      adminServer = await startAdmin(
        address,
        {
          isReady: () => isReady,
          metrics: () => aggregator.clusterMetrics(),
        },
        log,
      );
    } catch (error) {
      await crew.stop(0);
      throw error;
    }
  }
  log.event('info', 'ready', { workers });
  const signal = await stopping;
  isReady = false;
  log.event('info', `${signal}: stopping`, { connections: crew.gate.servedCount, deadlineMs: drainDeadline });
  if (shutdownDelay > 0) await new Promise((resolve) => setTimeout(resolve, shutdownDelay));
  await crew.stop(drainDeadline);
  stopAdmin(adminServer);
  log.event('info', 'stopped');
}
class Crew {
  constructor(gate, log) {
    this.isStopping = false;
    this.gate = gate;
    this.log = log;
  }
  /** Settles when every worker listens. */
  async start(count) {
    try {
      await Promise.all(Array.from({ length: count }, () => this.hire()));
    } catch (error) {
      this.isStopping = true;
      killWorkers();
      throw error;
    }
  }
  /** Tells every worker to drain, and waits for their ends; kills what is left some time after the deadline. */
  async stop(deadlineMs) {
    this.isStopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    const ends = workers.map((worker) => new Promise((resolve) => worker.once('exit', () => resolve())));
    for (const worker of workers) send(worker, { kind: 'drain', deadlineMs });
    const overtime = setTimeout(() => {
      for (const worker of workers) worker.kill('SIGKILL');
    }, deadlineMs + RESTART_PAUSE_MS);
    await Promise.all(ends);
    clearTimeout(overtime);
  }
  hire() {
    const worker = cluster.fork();
    const candidates = new Map();
    return new Promise((resolve, reject) => {
      worker.on('message', (message) => {
        if (message.kind === 'listening') resolve();
        else if (message.kind === 'failed') reject(new CommandError(message.message));
        else if (message.kind === 'enter') {
          const candidate = new RemoteCandidate(worker, message.id, message.address);
          candidates.set(message.id, candidate);
          this.gate.enter(candidate);
        } else if (message.kind === 'leave') this.leave(candidates, message.id);
      });
      worker.once('exit', (code, signal) => {
        for (const id of [...candidates.keys()]) this.leave(candidates, id);
        reject(new CommandError(`a worker ended before it listened (${signal ?? code})`));
        if (!this.isStopping) this.replace(worker, signal ?? code);
      });
    });
  }
  leave(candidates, id) {
    const candidate = candidates.get(id);
    if (candidate === undefined) return;
    candidates.delete(id);
    candidate.isGone = true;
    this.gate.leave(candidate);
  }
  replace(worker, end) {
    this.log.event('error', 'a worker died, starting another', { worker: worker.id, end });
    setTimeout(() => {
      if (this.isStopping) return;
      this.hire().catch((error) => {
        this.log.event('error', 'a new worker failed', { reason: error.message });
      });
    }, RESTART_PAUSE_MS);
  }
}
function killWorkers() {
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
}
function send(worker, message) {
  if (worker.isConnected()) worker.send(message);
}
/** A connection that a worker has accepted and holds. */
class RemoteCandidate {
  constructor(worker, id, address) {
    this.isGone = false;
    this.worker = worker;
    this.id = id;
    this.address = address;
  }
  admit() {
    send(this.worker, { kind: 'admit', id: this.id });
  }
  refuse(limit) {
    if (!this.isGone) send(this.worker, { kind: 'refuse', id: this.id, limit });
  }
}
