// One process's share of a service: its reactor, servers, log and metrics. Who tells it to stop is not its business.
import { formatAddress, isUnixAddress } from '../../core/index.js';
import { flaky } from '../../harness/flaky/index.js';
import { seedOf } from '../../harness/verify/shard.js';
import { createRealReactor } from '../../real/index.js';
import { ForwardServer } from '../../services/index.js';
import { CommandError } from '../usage-error.js';
import { Metrics } from './metrics.js';
import { ServiceLog } from './service-log.js';
import { explainPath } from './stale-socket.js';
export class Service {
  constructor(plan, worker) {
    this.metrics = new Metrics();
    this.isReady = false;
    this.servers = [];
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
  async start(gate) {
    const bound = [];
    let waiting = [];
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
      this.log.listening(server.localAddress, server instanceof ForwardServer ? server.remote : null);
    }
    this.isReady = true;
  }
  /** Stops accepting; settles when no connection is left, at the latest after `deadlineMs`. */
  async drain(deadlineMs) {
    this.isReady = false;
    await Promise.all(
      this.servers.map((server) => new Promise((onDrained) => server.drain({ deadlineMs, onDrained }))),
    );
  }
  get activeCount() {
    return this.servers.reduce((count, server) => count + server.activeCount, 0);
  }
  /** The sockets as they are, or flaky ones; each worker draws for itself. */
  inItsWeather(real, worker) {
    const { weather, seed } = this.plan.values;
    if (weather === undefined) return real;
    return flaky(real, weather, { seed: seedOf(seed) + worker, onFault: (fault) => this.noteFault(fault) });
  }
  noteFault(fault) {
    this.metrics.fault(fault.family);
    this.log.fault(fault);
  }
  async run() {
    try {
      await this.reactor.loop();
    } catch (error) {
      // An assertion of ours: nothing that follows can be trusted.
      this.log.event('error', 'the service cannot go on', { error: error.stack });
      this.log.flush();
      process.exit(70);
    }
  }
  waiter(waiting, server) {
    return waiting[this.servers.indexOf(server)];
  }
  options(gate) {
    const { values } = this.plan;
    const { log, metrics } = this;
    const names = new Map();
    const nameOf = (server) => {
      let name = names.get(server);
      if (name === undefined) {
        name = formatAddress(server.address);
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
        log.opened(server.address, start);
      },
      onConnectionEnd: (report, server) => {
        metrics.disconnected(nameOf(server), report);
        log.closed(server.address, report);
      },
      onRefused: (refusal, server) => {
        metrics.refused(nameOf(server), refusal);
        log.refused(server.address, refusal);
      },
    };
  }
}
function withResolvers() {
  let resolve;
  let reject;
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
function listenFailure(error, server) {
  const { address } = server;
  const ofPath = address !== null && isUnixAddress(address) ? explainPath(address.path, error.code) : null;
  const explanation = ofPath ?? error.message.split(`${error.code}: `)[1] ?? error.message;
  return new CommandError(
    `cannot listen on ${formatAddress(server.address)}: ${explanation} (${error.code})`,
  );
}
