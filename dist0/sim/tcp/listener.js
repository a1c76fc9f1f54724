import { isUnixAddress } from '../../core/address.js';
import { TransportError } from '../../core/errors.js';
import { Readiness } from '../../core/transport.js';
import { describeTarget, mapToIpv6 } from '../names/addresses.js';
/** A listening address of a host, and the established connections that wait to be accepted. */
export class SimListener {
  constructor(host, bound, backlog) {
    this.readiness = 0;
    this.watcher = null;
    this.isClosed = false;
    /** Whether the address is this listener's; known before the program is told. */
    this.isBound = false;
    this.waiting = [];
    this.failure = null;
    this.host = host;
    this.bound = bound;
    this.backlog = backlog;
  }
  get address() {
    return this.bound.address;
  }
  get localAddress() {
    if (!this.isBound || this.isClosed) return null;
    const { address, isMapped } = this.bound;
    return isMapped ? mapToIpv6(address) : address;
  }
  /** Linux takes one more than it was told (sk_acceptq_is_full, include/net/sock.h). */
  get isFull() {
    return this.waiting.length > this.backlog;
  }
  /** @internal How many connections wait to be accepted. */
  get waitingCount() {
    return this.waiting.length;
  }
  accept() {
    if (this.host.limited !== null && this.waiting.length > 0 && this.failsToAccept(this.host.limited))
      return null;
    const endpoint = this.waiting.shift();
    if (this.waiting.length === 0) this.readiness &= ~Readiness.READABLE;
    if (endpoint === undefined) return null;
    this.host.network.effects += 1;
    this.host.names?.noteAccepted(endpoint.in.connection.name);
    return { endpoint, address: endpoint.remoteAddress };
  }
  /** @internal The connections that wait to be accepted. */
  *waitingConnections() {
    for (const endpoint of this.waiting) yield endpoint.in.connection;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    return `${this.readiness}${this.failure?.code ?? ''}${this.waiting.map((endpoint) => endpoint.in.connection.name).join()}`;
  }
  takeError() {
    const { failure } = this;
    this.failure = null;
    this.readiness &= ~Readiness.FAILED;
    return failure;
  }
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
    this.host.network.effects += 1;
    this.host.forget(this);
    if (this.isBound && isUnixAddress(this.address)) this.host.paths?.remove(this.address.path);
    this.shed();
  }
  shed() {
    for (const endpoint of this.waiting.splice(0)) endpoint.abort();
    this.readiness &= ~Readiness.READABLE;
  }
  /** @internal The host has crashed: nobody hears of it. */
  forget() {
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
    this.host.forget(this);
    if (isUnixAddress(this.address)) this.host.paths?.leave(this, this.address.path);
  }
  /** @internal The host goes on after a pause. */
  resume() {
    if (this.readiness !== 0) this.watcher?.onReadiness();
  }
  /** @internal Binding has succeeded. */
  onBound() {
    if (this.isClosed) return;
    this.readiness |= Readiness.OPEN;
    this.notify();
  }
  /** @internal Binding has failed, which is final, or an accept has. */
  onFailure(error) {
    if (this.isClosed) return;
    this.failure = error;
    this.readiness |= Readiness.FAILED;
    this.notify();
  }
  /** @internal */
  enqueue(endpoint) {
    endpoint.hold();
    this.waiting.push(endpoint);
    this.readiness |= Readiness.READABLE;
    this.notify();
  }
  /** A connection that has died while it waited is gone (accept(2), ECONNABORTED); others wait on. */
  failsToAccept(resources) {
    const code = resources.whyNotAccept();
    if (code === null) return false;
    if (code === 'ECONNABORTED') this.waiting.shift().abort();
    if (this.waiting.length === 0) this.readiness &= ~Readiness.READABLE;
    this.onFailure(new TransportError(code, { syscall: 'accept', ...describeTarget(this.address) }));
    return true;
  }
  notify() {
    this.host.network.effects += 1;
    if (!this.host.isPaused) this.watcher?.onReadiness();
  }
}
