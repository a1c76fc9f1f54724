import cluster from 'node:cluster';
import { LocalGate } from '../../services/index.js';
import { onStopSignal } from '../stop-signal.js';
import { startAdmin, stopAdmin } from './admin.js';
import { exitWhenSent } from './exit-when-sent.js';
import { Service } from './service.js';
import { limitsOf, parseAdmin } from './service-plan.js';
import { removeStaleSockets } from './stale-socket.js';
import { runPrimary } from './workers-primary.js';
import { runWorker } from './workers-worker.js';
/** Carries a service out until it is told to stop, in this process or in its workers. */
export async function serve(plan) {
  if (cluster.isWorker) await runWorker(plan);
  else if (plan.values.workers > 1) await runPrimary(plan);
  else await runAlone(plan);
}
async function runAlone(plan) {
  const { drainDeadline, shutdownDelay, admin } = plan.values;
  const service = new Service(plan, 0);
  const stopping = onStopSignal();
  for (const path of await removeStaleSockets(plan.locals)) service.log.replaced(path);
  await service.start(new LocalGate(limitsOf(plan)));
  let adminServer = null;
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
