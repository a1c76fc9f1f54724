// The weather of the simulation on real sockets.

import { checkInteger, checkMethod, checkOptions } from '../../core/arguments.ts';
import {
  type Accepted,
  type Address,
  type Clock,
  type ConnectOptions,
  type Endpoint,
  isUnixAddress,
  type Listener,
  type ListenOptions,
  type OpenFileOptions,
  type Transport,
  TransportError,
  type Watcher,
} from '../../core/index.ts';
import { systemClock } from '../../real/index.ts';
import { REFUSE } from '../../sim/decisions/label.ts';
import { type WEATHERS, type Weather, weatherOf } from '../../sim/index.ts';
import { FailedEndpoint } from '../../sim/tcp/failed-endpoint.ts';
import { Chance, type FlakyFault } from './chance.ts';
import { FlakyEndpoint } from './flaky-endpoint.ts';

export interface FlakyOptions {
  /** A whole number, 0 or more. The same seed and the same traffic on a connection give it the same faults. Default 1. */
  readonly seed?: number;
  /** What stalls wait on. Default: this machine's clock. */
  readonly clock?: Clock;
  /** Told of each fault as it happens. */
  readonly onFault?: (fault: FlakyFault) => void;
}

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
export function flaky(
  transport: Transport,
  weather: Weather | keyof typeof WEATHERS,
  options: FlakyOptions = {},
): Transport {
  checkMethod(
    'transport',
    transport,
    transport?.connect,
    'a Transport, as createRealReactor({ wrap }) gets one',
  );
  checkOptions('options', options);
  return new FlakyTransport(transport, weatherOf(weather), options);
}

class FlakyTransport implements Transport {
  readonly resolve: Transport['resolve'];
  private readonly inner: Transport;
  private readonly weather: Weather;
  private readonly seed: number;
  private readonly clock: Clock;
  private readonly onFault: ((fault: FlakyFault) => void) | undefined;
  private connections = 0;

  constructor(inner: Transport, weather: Weather, options: FlakyOptions) {
    this.inner = inner;
    this.weather = weather;
    this.seed = checkInteger('seed', options.seed ?? 1, 0);
    this.clock = options.clock ?? systemClock;
    this.onFault = options.onFault;
    this.resolve = inner.resolve?.bind(inner);
  }

  connect(remote: Address, options?: ConnectOptions): Endpoint {
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

  listen(local: Address, options?: ListenOptions): Listener {
    return new FlakyListener(this.inner.listen(local, options), (accepted) => this.admit(accepted));
  }

  openFile(file: string | number, options?: OpenFileOptions): Endpoint {
    return this.inner.openFile(file, options);
  }

  /** Null if the connection is reset instead: a listening socket cannot refuse. */
  private admit({ endpoint, address }: Accepted): Accepted | null {
    const chance = this.chanceFor(address);
    if (chance.draw(REFUSE, 2, 'accept', () => 'the connection is reset before it is accepted') === 0)
      return { endpoint: new FlakyEndpoint(endpoint, chance, this.clock), address };
    endpoint.abort();
    return null;
  }

  private chanceFor(remote: Address): Chance {
    this.connections += 1;
    return new Chance(this.seed, this.weather, this.connections, remote, (fault) =>
      this.onFault?.({ ...fault, atMs: this.clock.now() }),
    );
  }
}

class FlakyListener implements Listener, Watcher {
  watcher: Watcher | null = null;
  private readonly inner: Listener;
  private readonly admit: (accepted: Accepted) => Accepted | null;

  constructor(inner: Listener, admit: (accepted: Accepted) => Accepted | null) {
    this.inner = inner;
    this.admit = admit;
    inner.watcher = this;
  }

  get readiness(): number {
    return this.inner.readiness;
  }

  get localAddress(): Address | null {
    return this.inner.localAddress;
  }

  onReadiness(): void {
    this.watcher?.onReadiness();
  }

  accept(): Accepted | null {
    for (;;) {
      const accepted = this.inner.accept();
      if (accepted === null) return null;
      const admitted = this.admit(accepted);
      if (admitted !== null) return admitted;
    }
  }

  takeError(): TransportError | null {
    return this.inner.takeError();
  }

  close(): void {
    this.watcher = null;
    this.inner.close();
  }
}
