import { type Address, formatAddress, isUnixAddress } from '../../core/address.ts';
import { TransportError } from '../../core/errors.ts';
import { type Accepted, type Listener, Readiness, type Watcher } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import { type Binding, describeTarget, mapToIpv6 } from '../names/addresses.ts';
import type { Resources } from '../resources.ts';
import type { Connection } from './connection.ts';
import type { SimEndpoint } from './endpoint.ts';

/** A listening address of a host, and the established connections that wait to be accepted. */
export class SimListener implements Listener {
  readiness = 0;
  watcher: Watcher | null = null;
  isClosed = false;
  /** What it covers, with the real port; what was asked for as long as it is not bound. */
  readonly bound: Binding;
  /** Whether the address is this listener's; known before the program is told. */
  isBound = false;
  private readonly host: Host;
  private readonly backlog: number;
  private readonly waiting: SimEndpoint[] = [];
  private failure: TransportError | null = null;

  constructor(host: Host, bound: Binding, backlog: number) {
    this.host = host;
    this.bound = bound;
    this.backlog = backlog;
  }

  get address(): Address {
    return this.bound.address;
  }

  /** @internal Which listener it is, and whether it is none any more, as text. */
  get name(): string {
    return `${this.isClosed ? 'c' : 'l'}${formatAddress(this.address)}`;
  }

  get localAddress(): Address | null {
    if (!this.isBound || this.isClosed) return null;
    const { address, isMapped } = this.bound;
    return isMapped ? mapToIpv6(address) : address;
  }

  /** Linux takes one more than it was told (sk_acceptq_is_full, include/net/sock.h). */
  get isFull(): boolean {
    return this.waiting.length > this.backlog;
  }

  /** @internal How many connections wait to be accepted. */
  get waitingCount(): number {
    return this.waiting.length;
  }

  accept(): Accepted | null {
    if (this.host.limited !== null && this.waiting.length > 0 && this.failsToAccept(this.host.limited))
      return null;
    const endpoint = this.waiting.shift();
    if (this.waiting.length === 0) this.readiness &= ~Readiness.READABLE;
    if (endpoint === undefined) return null;
    this.host.network.effects += 1;
    this.host.names?.noteAccepted(endpoint.in.connection.name);
    return { endpoint, address: endpoint.remoteAddress! };
  }

  /** @internal The connections that wait to be accepted. */
  *waitingConnections(): IterableIterator<Connection> {
    for (const endpoint of this.waiting) yield endpoint.in.connection;
  }

  /** @internal Its state as text, for merging equal states. */
  stateText(): string {
    return `${this.name} ${this.backlog} ${this.readiness}${this.failure?.code ?? ''}${this.waiting.map((endpoint) => endpoint.in.connection.name).join()}`;
  }

  takeError(): TransportError | null {
    const { failure } = this;
    this.failure = null;
    this.readiness &= ~Readiness.FAILED;
    return failure;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
    this.host.network.effects += 1;
    this.host.forget(this);
    if (this.isBound && isUnixAddress(this.address)) this.host.paths?.remove(this.address.path);
    this.shed();
  }

  shed(): void {
    for (const endpoint of this.waiting.splice(0)) endpoint.abort();
    this.readiness &= ~Readiness.READABLE;
  }

  /** @internal The host has crashed: nobody hears of it. */
  forget(): void {
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
    this.host.forget(this);
    if (isUnixAddress(this.address)) this.host.paths?.leave(this, this.address.path);
  }

  /** @internal The host goes on after a pause. */
  resume(): void {
    if (this.readiness !== 0) this.watcher?.onReadiness();
  }

  /** @internal Binding has succeeded. */
  onBound(): void {
    if (this.isClosed) return;
    this.readiness |= Readiness.OPEN;
    this.notify();
  }

  /** @internal Binding has failed, which is final, or an accept has. */
  onFailure(error: TransportError): void {
    if (this.isClosed) return;
    this.failure = error;
    this.readiness |= Readiness.FAILED;
    this.notify();
  }

  /** @internal */
  enqueue(endpoint: SimEndpoint): void {
    endpoint.hold();
    this.waiting.push(endpoint);
    this.readiness |= Readiness.READABLE;
    this.notify();
  }

  /** A connection that has died while it waited is gone (accept(2), ECONNABORTED); others wait on. */
  private failsToAccept(resources: Resources): boolean {
    const code = resources.whyNotAccept();
    if (code === null) return false;
    if (code === 'ECONNABORTED') this.waiting.shift()!.abort();
    if (this.waiting.length === 0) this.readiness &= ~Readiness.READABLE;
    this.onFailure(new TransportError(code, { syscall: 'accept', ...describeTarget(this.address) }));
    return true;
  }

  private notify(): void {
    this.host.network.effects += 1;
    if (!this.host.isPaused) this.watcher?.onReadiness();
  }
}
