import { TransportError } from '../../core/errors.js';
import { Readiness, WOULD_BLOCK } from '../../core/transport.js';
import { isIpv6 } from '../names/addresses.js';
import { SimEndpoint } from './endpoint.js';

const { OPEN, FAILED } = Readiness;
/** net.getDefaultAutoSelectFamilyAttemptTimeout() of Node 20. */
const ATTEMPT_MS = 250;
export class TryingEndpoint {
  constructor(host, addresses, attempt) {
    this.next = 1;
    this.timer = null;
    this.isSettled = false;
    this.firstError = null;
    this.listening = null;
    this.keepAlive = null;
    this.hasNoDelay = true;
    this.host = host;
    this.addresses = alternate(addresses);
    this.attempt = attempt;
    this.current = attempt(this.addresses[0]);
    this.watch();
  }
  get readiness() {
    if (!this.isSettled) return 0;
    return this.firstError === null ? this.current.readiness : FAILED;
  }
  get watcher() {
    return this.listening;
  }
  set watcher(watcher) {
    this.listening = watcher;
    if (this.isSettled) this.current.watcher = watcher;
  }
  get localAddress() {
    return this.current.localAddress;
  }
  get remoteAddress() {
    return this.current.remoteAddress;
  }
  onReadiness() {
    const { readiness } = this.current;
    if ((readiness & OPEN) !== 0) this.settle();
    else if ((readiness & FAILED) !== 0) this.advance(this.current.takeError());
  }
  recv(sizeBytes) {
    return this.isSettled ? this.current.recv(sizeBytes) : WOULD_BLOCK;
  }
  send(data) {
    return this.isSettled ? this.current.send(data) : 0;
  }
  shutdownWrite() {
    this.current.shutdownWrite();
  }
  sendUrgent(byte) {
    this.current.sendUrgent?.(byte);
  }
  takeUrgent() {
    return this.current.takeUrgent?.() ?? null;
  }
  /** Asked for while addresses are tried, it holds for the one that answers. */
  setKeepAlive(options) {
    if (this.isSettled) this.current.setKeepAlive?.(options);
    else this.keepAlive = options;
  }
  /** As `setKeepAlive`. */
  setNoDelay(isOn) {
    this.hasNoDelay = isOn;
    if (this.isSettled) this.current.setNoDelay?.(isOn);
  }
  takeError() {
    if (!this.isSettled) return null;
    const error = this.firstError ?? this.current.takeError();
    this.firstError = null;
    return error;
  }
  abort() {
    this.settle();
    this.current.abort();
  }
  close() {
    this.settle();
    this.current.close();
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    const { current } = this;
    const name = current instanceof SimEndpoint ? current.in.name : '';
    const { idleMs, intervalMs, count } = this.keepAlive ?? {};
    const asks = this.isSettled
      ? ''
      : `try${this.keepAlive === null ? '' : `${idleMs},${intervalMs},${count}`}`;
    return `${asks}${this.next}${this.firstError?.code ?? ''}${name}`;
  }
  /** Watches the attempt under way, for so long. */
  watch() {
    this.current.watcher = this;
    if (this.next >= this.addresses.length) return;
    this.timer = this.host.clock.setTimer(ATTEMPT_MS, () => {
      const address = this.addresses[this.next - 1];
      this.advance(new TransportError('ETIMEDOUT', { syscall: 'connect', address }));
    });
  }
  /** The attempt has failed: the next one, or the end. As Node, the first error tells the code. */
  advance(error) {
    this.firstError ??= error;
    this.timer?.cancel();
    this.timer = null;
    if (this.next >= this.addresses.length) {
      this.isSettled = true;
      this.current.watcher = null;
      this.current.close();
      this.listening?.onReadiness();
      return;
    }
    this.current.watcher = null;
    this.current.close();
    this.next += 1;
    this.current = this.attempt(this.addresses[this.next - 1]);
    this.watch();
  }
  /** From now on the connection itself is watched. */
  settle() {
    this.timer?.cancel();
    this.timer = null;
    this.isSettled = true;
    this.firstError = null;
    if (this.keepAlive !== null) this.current.setKeepAlive?.(this.keepAlive);
    this.current.setNoDelay?.(this.hasNoDelay);
    this.current.watcher = this.listening;
    this.listening?.onReadiness();
  }
}
/** The first address's family first, then one of each in turn (RFC 8305 section 4). */
function alternate(addresses) {
  const isSame = (address) => isIpv6(address) === isIpv6(addresses[0]);
  const first = addresses.filter(isSame);
  const second = addresses.filter((address) => !isSame(address));
  const inTurn = [];
  for (let index = 0; index < addresses.length; index += 1)
    inTurn.push(...first.slice(index, index + 1), ...second.slice(index, index + 1));
  return inTurn;
}
