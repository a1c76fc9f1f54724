// One process's share of a service: its reactor, servers, log and metrics. Who tells it to stop is not its business.
import {
  formatAddress,
  isUnixAddress,
  type Reactor,
  type Transport,
  type TransportError,
} from '../../core/index.ts';
import { type FlakyFault, flaky } from '../../harness/flaky/index.ts';
import { seedOf } from '../../harness/verify/shard.ts';
import { createRealReactor } from '../../real/index.ts';
import { ForwardServer, type Gate, type ServiceOptions, type ServiceServer } from '../../services/index.ts';
import { CommandError } from '../usage-error.ts';
import { Metrics } from './metrics.ts';
import { ServiceLog } from './service-log.ts';
import type { ServicePlan } from './service-plan.ts';
import { explainPath } from './stale-socket.ts';

export class Service {
  readonly log: ServiceLog;
  readonly metrics = new Metrics();
  isReady = false;
  private readonly reactor: Reactor;
  private readonly plan: ServicePlan;
  private servers: readonly ServiceServer[] = [];

  constructor(plan: ServicePlan, worker: number) {
    const { logFormat, quiet } = plan.values;
    this.plan = plan;
    this.log = new ServiceLog({ format: logFormat, isQuiet: quiet, service: plan.name, worker });
    this.reactor = createRealReactor({
      wrap: (real) => this.inItsWeather(real, worker),
      onUncaught: (error) => {
        this.log.event('error', 'a handler threw', {
          error: error instanceof Error ? (error.stack ?? error.message) : error,
        });
      },
    });
  }

  /** Settles once every address is bound. Throws CommandError for the first that cannot be, with nothing left open. */
  async start(gate: Gate): Promise<void> {
    const bound: Promise<void>[] = [];
    let waiting: PromiseWithResolvers[] = [];
    this.servers = this.plan.build(this.reactor, {
      ...this.options(gate),
      onListening: (server) => this.waiter(waiting, server).resolve(),
      onListenError: (error, server) => this.waiter(waiting, server).reject(listenFailure(error, server)),
    });
    waiting = this.servers.map(() => withResolvers());
    for (const { promise } of waiting) bound.push(promise);
    void this.run();
    try {
      await Promise.all(bound);
    } catch (error) {
      await Promise.allSettled(bound);
      this.reactor.closeAll({ ignoreAll: true });
      throw error;
    }
    for (const server of this.servers) {
      this.metrics.listening(server);
      this.log.listening(server.localAddress!, server instanceof ForwardServer ? server.remote : null);
    }
    this.isReady = true;
  }

  /** Stops accepting; settles when no connection is left, at the latest after `deadlineMs`. */
  async drain(deadlineMs: number): Promise<void> {
    this.isReady = false;
    await Promise.all(
      this.servers.map((server) => new Promise<void>((onDrained) => server.drain({ deadlineMs, onDrained }))),
    );
  }

  get activeCount(): number {
    return this.servers.reduce((count, server) => count + server.activeCount, 0);
  }

  /** The sockets as they are, or flaky ones; each worker draws for itself. */
  private inItsWeather(real: Transport, worker: number): Transport {
    const { weather, seed } = this.plan.values;
    if (weather === undefined) return real;
    return flaky(real, weather, { seed: seedOf(seed) + worker, onFault: (fault) => this.noteFault(fault) });
  }

  private noteFault(fault: FlakyFault): void {
    this.metrics.fault(fault.family);
    this.log.fault(fault);
  }

  private async run(): Promise<void> {
    try {
      await this.reactor.loop();
    } catch (error) {
      // An assertion of ours: nothing that follows can be trusted.
      this.log.event('error', 'the service cannot go on', { error: (error as Error).stack });
      this.log.flush();
      process.exit(70);
    }
  }

  private waiter(waiting: readonly PromiseWithResolvers[], server: ServiceServer): PromiseWithResolvers {
    return waiting[this.servers.indexOf(server)];
  }

  private options(gate: Gate): ServiceOptions {
    const { values } = this.plan;
    const { log, metrics } = this;
    const names = new Map<ServiceServer, string>();
    const nameOf = (server: ServiceServer): string => {
      let name = names.get(server);
      if (name === undefined) {
        name = formatAddress(server.address!);
        names.set(server, name);
      }
      return name;
    };
    return {
      gate,
      idleTimeoutMs: values.idleTimeout ?? 0,
      highWaterMarkBytes: values.highWaterMark,
      lowWaterMarkBytes: values.lowWaterMark,
      onAcceptError: (error) =>
        log.event('warn', 'accepting failed, trying again soon', { reason: error.message }),
      onConnection: (start, server) => {
        metrics.connected(nameOf(server));
        log.opened(server.address!, start);
      },
      onConnectionEnd: (report, server) => {
        metrics.disconnected(nameOf(server), report);
        log.closed(server.address!, report);
      },
      onRefused: (refusal, server) => {
        metrics.refused(nameOf(server), refusal);
        log.refused(server.address!, refusal);
      },
    };
  }
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve!: () => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

function listenFailure(error: TransportError, server: ServiceServer): CommandError {
  const { address } = server;
  const ofPath = address !== null && isUnixAddress(address) ? explainPath(address.path, error.code) : null;
  const explanation = ofPath ?? error.message.split(`${error.code}: `)[1] ?? error.message;
  return new CommandError(
    `cannot listen on ${formatAddress(server.address!)}: ${explanation} (${error.code})`,
  );
}
