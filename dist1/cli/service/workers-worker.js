import cluster from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { STOP_SIGNALS } from '../stop-signal.js';
import { CommandError } from '../usage-error.js';
import { exitWhenSent } from './exit-when-sent.js';
import { Service } from './service.js';
/** A worker's share: the primary decides about limits, and about the end. */
export async function runWorker(plan) {
  // A terminal sends its signals to every process; the primary alone acts on them, and passes the end on.
  for (const signal of STOP_SIGNALS) process.on(signal, () => {});
  new AggregatorRegistry();
  const gate = new PrimaryGate();
  const worker = cluster.worker;
  const service = new Service(plan, worker.id);
  const stopping = new Promise((resolve) => {
    process.on('message', (message) => {
      if (message.kind === 'drain') resolve(message.deadlineMs);
      else if (message.kind === 'admit' || message.kind === 'refuse') gate.answer(message);
    });
    // Without its primary nobody hands out connections any more; node:cluster would exit at once.
    worker.on('disconnect', () => {
      worker.exitedAfterDisconnect = true;
      resolve(plan.values.drainDeadline);
    });
  });
  try {
    await service.start(gate);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell({ kind: 'failed', message: error.message });
    process.exitCode = 1;
    return;
  }
  tell({ kind: 'listening' });
  const deadlineMs = await stopping;
  await service.drain(deadlineMs);
  exitWhenSent(deadlineMs, service.log);
  if (process.connected) process.disconnect();
}
function tell(message) {
  if (process.connected) process.send(message);
}
/** Asks the primary, which sees the connections of all workers. Until it answers a connection is held unread. */
class PrimaryGate {
  constructor() {
    this.ids = new Map();
    this.candidates = new Map();
    this.lastId = 0;
  }
  enter(candidate) {
    this.lastId += 1;
    this.ids.set(candidate, this.lastId);
    this.candidates.set(this.lastId, candidate);
    tell({ kind: 'enter', id: this.lastId, address: candidate.address });
  }
  leave(candidate) {
    const id = this.ids.get(candidate);
    if (id === undefined) return;
    this.forget(id, candidate);
    tell({ kind: 'leave', id });
  }
  answer(message) {
    const candidate = this.candidates.get(message.id);
    // It may have left while the answer was under way; the primary has heard of that by now.
    if (candidate === undefined) return;
    if (message.kind === 'admit') candidate.admit();
    else {
      this.forget(message.id, candidate);
      candidate.refuse(message.limit);
    }
  }
  forget(id, candidate) {
    this.ids.delete(candidate);
    this.candidates.delete(id);
  }
}
