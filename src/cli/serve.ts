import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { LocalGate } from '../services/index.ts';
import { startAdmin, stopAdmin } from './admin.ts';
import { Service } from './service.ts';
import type { ServiceLog } from './service-log.ts';
import { limitsOf, parseAdmin, type ServicePlan } from './service-plan.ts';
import { removeStaleSockets } from './stale-socket.ts';
import { onStopSignal } from './stop-signal.ts';
import { runPrimary } from './workers-primary.ts';
import { runWorker } from './workers-worker.ts';

/** Carries a service out until it is told to stop, in this process or in its workers. */
export async function serve(plan: ServicePlan): Promise<void> {
  if (cluster.isWorker) await runWorker(plan);
  else if (plan.values.workers > 1) await runPrimary(plan);
  else await runAlone(plan);
}

async function runAlone(plan: ServicePlan): Promise<void> {
  const { drainDeadline, shutdownDelay, admin } = plan.values;
  const service = new Service(plan, 0);
  const stopping = onStopSignal();
  for (const path of await removeStaleSockets(plan.locals)) service.log.replaced(path);
  await service.start(new LocalGate(limitsOf(plan)));
  let adminServer: Server | null = null;
  try {
    const address = admin === undefined ? null : parseAdmin(admin, []);
    if (address !== null) {
      adminServer = await startAdmin(
        address,
        {
          isReady: () => service.isReady,
          metrics: () => service.metrics.registry.metrics(),
        },
        service.log,
      );
    }
  } catch (error) {
    await service.drain(0);
    throw error;
  }
  const signal = await stopping;
  service.isReady = false;
  service.log.event('info', `${signal}: stopping`, {
    connections: service.activeCount,
    deadlineMs: drainDeadline,
  });
  if (shutdownDelay > 0) await new Promise((resolve) => setTimeout(resolve, shutdownDelay));
  await service.drain(drainDeadline);
  stopAdmin(adminServer);
  service.log.event('info', 'stopped');
  exitWhenSent(drainDeadline, service.log);
}

/** A log whose reader stands still is waited for no longer. */
const LOG_MS_MAX = 1000;

/**
 * Ends the process with 0 once the kernel has taken what connections that ended still had to send, or at the
 * deadline; then the log is written first.
 */
export function exitWhenSent(deadlineMs: number, log: ServiceLog): void {
  process.exitCode = 0;
  const exit = (): never => process.exit(0);
  setTimeout(() => {
    setTimeout(exit, LOG_MS_MAX).unref();
    log.whenWritten(exit);
  }, deadlineMs).unref();
}
