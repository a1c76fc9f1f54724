// Several servers on one port (SO_REUSEPORT, socket(7)). Linux picks one for each connection by a hash of its addresses; here they take
// turns, in the order in which they began to listen, so that every run is the same.
import {
  type Accepted,
  type Address,
  formatAddress,
  type Listener,
  type ListenOptions,
  Readiness,
  type Transport,
  type TransportError,
  type Watcher,
} from '../core/index.ts';

/** The ports of a net module that several of its servers may listen on. */
export class SharedPorts {
  private readonly ports = new Set<SharedPort>();

  /** As `transport.listen`, for who shares the port with others who asked for that. */
  listen(transport: Transport, local: Address, options: ListenOptions): Listener {
    const wanted = formatAddress(local);
    for (const port of this.ports) if (port.isAt(transport, wanted)) return port.join();
    const port = new SharedPort(transport, transport.listen(local, options), () => this.ports.delete(port));
    this.ports.add(port);
    return port.join();
  }

  /** Nothing is shared any more: the simulation is another. */
  clear(): void {
    this.ports.clear();
  }
}

/** One listener of the transport, and those who share it. */
class SharedPort implements Watcher {
  readonly listener: Listener;
  private readonly transport: Transport;
  private readonly onClosed: () => void;
  /** The first is whose turn it is. */
  private readonly sharers: Sharer[] = [];

  constructor(transport: Transport, listener: Listener, onClosed: () => void) {
    this.transport = transport;
    this.listener = listener;
    this.onClosed = onClosed;
    listener.watcher = this;
  }

  isAt(transport: Transport, wanted: string): boolean {
    const { localAddress } = this.listener;
    return transport === this.transport && localAddress !== null && formatAddress(localAddress) === wanted;
  }

  join(): Listener {
    const sharer = new Sharer(this);
    this.sharers.push(sharer);
    return sharer;
  }

  isNext(sharer: Sharer): boolean {
    return this.sharers[0] === sharer;
  }

  onReadiness(): void {
    this.sharers[0]?.watcher?.onReadiness();
  }

  /** The turn goes on: the one who had it is the last now. */
  pass(): void {
    const [first] = this.sharers.splice(0, 1);
    this.sharers.push(first);
    if (this.listener.readiness & NEWS) this.onReadiness();
  }

  leave(sharer: Sharer): void {
    const index = this.sharers.indexOf(sharer);
    if (index < 0) return;
    this.sharers.splice(index, 1);
    if (this.sharers.length === 0) {
      this.onClosed();
      this.listener.watcher = null;
      this.listener.close();
    } else if (index === 0 && this.listener.readiness & NEWS) this.onReadiness();
  }
}

const NEWS = Readiness.READABLE | Readiness.FAILED;

/** The port as one of those who share it sees it: ready when it is his turn. */
class Sharer implements Listener {
  watcher: Watcher | null = null;
  private readonly port: SharedPort;
  private isClosed = false;

  constructor(port: SharedPort) {
    this.port = port;
  }

  get readiness(): number {
    if (this.isClosed) return 0;
    const { readiness } = this.port.listener;
    return this.port.isNext(this) ? readiness : readiness & ~NEWS;
  }

  get localAddress(): Address | null {
    return this.isClosed ? null : this.port.listener.localAddress;
  }

  accept(): Accepted | null {
    const accepted = this.port.listener.accept();
    if (accepted !== null) this.port.pass();
    return accepted;
  }

  shed(): void {
    this.port.listener.shed?.();
  }

  takeError(): TransportError | null {
    return this.port.listener.takeError();
  }

  close(): void {
    this.isClosed = true;
    this.port.leave(this);
  }
}
