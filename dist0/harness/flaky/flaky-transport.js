// The weather of the simulation on real sockets.
import { checkInteger } from '../../core/arguments.js';
import { isUnixAddress, TransportError } from '../../core/index.js';
import { systemClock } from '../../real/index.js';
import { REFUSE } from '../../sim/decisions/label.js';
import { weatherOf } from '../../sim/index.js';
import { FailedEndpoint } from '../../sim/tcp/failed-endpoint.js';
import { Chance } from './chance.js';
import { FlakyEndpoint } from './flaky-endpoint.js';
/**
 * `transport` in a weather: sends and receives are cut short, split, delayed and held together, connections are refused,
 * reset and closed, as likely as the weather says. Bytes that arrive are the right ones, in order. Of the families,
 * `order`, `ready` and `end` are left to the kernel, which decides on them anyway. Files are not touched.
 *
 * What happens is a function of the seed, the connection's number, and how many operations each direction has seen. The
 * kernel decides how many that are: where it joins segments otherwise, a fault may come some bytes earlier or later.
 *
 * Throws ArgumentError for an unknown weather or family, a rate outside of 0 to 1, or a seed that is not a whole number.
 */
export function flaky(transport, weather, options = {}) {
  return new FlakyTransport(transport, weatherOf(weather), options);
}
class FlakyTransport {
  constructor(inner, weather, options) {
    this.connections = 0;
    this.inner = inner;
    this.weather = weather;
    this.seed = checkInteger('seed', options.seed ?? 1, 0);
    this.clock = options.clock ?? systemClock;
    this.onFault = options.onFault;
    this.resolve = inner.resolve?.bind(inner);
  }
  connect(remote, options) {
    const chance = this.chanceFor(remote);
    if (chance.draw(REFUSE, 2, 'connect', () => 'the connection attempt is refused') === 0)
      return new FlakyEndpoint(this.inner.connect(remote, options), chance, this.clock);
    const endpoint = new FailedEndpoint();
    const target = isUnixAddress(remote)
      ? { path: remote.path }
      : { address: remote.host, port: remote.port };
    this.clock.setTimer(0, () =>
      endpoint.fail(new TransportError('ECONNREFUSED', { syscall: 'connect', ...target })),
    );
    return endpoint;
  }
  listen(local, options) {
    return new FlakyListener(this.inner.listen(local, options), (accepted) => this.admit(accepted));
  }
  openFile(file, options) {
    return this.inner.openFile(file, options);
  }
  /** Null if the connection is reset instead: a listening socket cannot refuse. */
  admit({ endpoint, address }) {
    const chance = this.chanceFor(address);
    if (chance.draw(REFUSE, 2, 'accept', () => 'the connection is reset before it is accepted') === 0)
      return { endpoint: new FlakyEndpoint(endpoint, chance, this.clock), address };
    endpoint.abort();
    return null;
  }
  chanceFor(remote) {
    this.connections += 1;
    return new Chance(this.seed, this.weather, this.connections, remote, (fault) =>
      this.onFault?.({ ...fault, atMs: this.clock.now() }),
    );
  }
}
class FlakyListener {
  constructor(inner, admit) {
    this.watcher = null;
    this.inner = inner;
    this.admit = admit;
    inner.watcher = this;
  }
  get readiness() {
    return this.inner.readiness;
  }
  get localAddress() {
    return this.inner.localAddress;
  }
  onReadiness() {
    this.watcher?.onReadiness();
  }
  accept() {
    for (;;) {
      const accepted = this.inner.accept();
      if (accepted === null) return null;
      const admitted = this.admit(accepted);
      if (admitted !== null) return admitted;
    }
  }
  takeError() {
    return this.inner.takeError();
  }
  close() {
    this.watcher = null;
    this.inner.close();
  }
}
