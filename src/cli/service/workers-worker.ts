import cluster from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import type { Candidate, Gate } from '../../services/index.ts';
import { STOP_SIGNALS } from '../stop-signal.ts';
import { CommandError } from '../usage-error.ts';
import { exitWhenSent } from './exit-when-sent.ts';
import { Service } from './service.ts';
import type { ServicePlan } from './service-plan.ts';
import type { ToPrimary, ToWorker } from './workers-message.ts';

/** A worker's share: the primary decides about limits, and about the end. */
export async function runWorker(plan: ServicePlan): Promise<void> {
  // A terminal sends its signals to every process; the primary alone acts on them, and passes the end on.
  for (const signal of STOP_SIGNALS) process.on(signal, () => {});
  new AggregatorRegistry();
  const gate = new PrimaryGate();
  const worker = cluster.worker!;
  const service = new Service(plan, worker.id);
  const stopping = new Promise<number>((resolve) => {
    process.on('message', (message: ToWorker) => {
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

function tell(message: ToPrimary): void {
  if (process.connected) process.send!(message);
}

/** Asks the primary, which sees the connections of all workers. Until it answers a connection is held unread. */
class PrimaryGate implements Gate {
  private readonly ids = new Map<Candidate, number>();
  private readonly candidates = new Map<number, Candidate>();
  private lastId = 0;

  enter(candidate: Candidate): void {
    this.lastId += 1;
    this.ids.set(candidate, this.lastId);
    this.candidates.set(this.lastId, candidate);
    tell({ kind: 'enter', id: this.lastId, address: candidate.address });
  }

  leave(candidate: Candidate): void {
    const id = this.ids.get(candidate);
    if (id === undefined) return;
    this.forget(id, candidate);
    tell({ kind: 'leave', id });
  }

  answer(message: Extract<ToWorker, { id: number }>): void {
    const candidate = this.candidates.get(message.id);
    // It may have left while the answer was under way; the primary has heard of that by now.
    if (candidate === undefined) return;
    if (message.kind === 'admit') candidate.admit();
    else {
      this.forget(message.id, candidate);
      candidate.refuse(message.limit);
    }
  }

  private forget(id: number, candidate: Candidate): void {
    this.ids.delete(candidate);
    this.candidates.delete(id);
  }
}
