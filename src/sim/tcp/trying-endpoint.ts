// A connection to a name with several addresses: tried in order, as Node does since version 20 (net.connect,
// autoSelectFamily; RFC 8305 section 5): each but the last gets 250 ms, families alternate, the first that answers wins.
import type { Address } from '../../core/address.ts';
import type { Timer } from '../../core/clock.ts';
import { TransportError } from '../../core/errors.ts';
import {
  type Endpoint,
  type KeepAliveOptions,
  Readiness,
  type Received,
  type Watcher,
  WOULD_BLOCK,
} from '../../core/transport.ts';
import type { Host } from '../host.ts';
import { isIpv6 } from '../names/addresses.ts';
import { SimEndpoint } from './endpoint.ts';

const { OPEN, FAILED } = Readiness;

/** net.getDefaultAutoSelectFamilyAttemptTimeout() of Node 20. */
const ATTEMPT_MS = 250;

export class TryingEndpoint implements Endpoint, Watcher {
  /** @internal The attempt under way, or the connection. */
  current: Endpoint;
  private readonly host: Host;
  private readonly addresses: readonly string[];
  private readonly attempt: (address: string) => Endpoint;
  private next = 1;
  private timer: Timer | null = null;
  private isSettled = false;
  private firstError: TransportError | null = null;
  private listening: Watcher | null = null;
  private keepAlive: KeepAliveOptions | null = null;
  private hasNoDelay = true;

  constructor(host: Host, addresses: readonly string[], attempt: (address: string) => Endpoint) {
    this.host = host;
    this.addresses = alternate(addresses);
    this.attempt = attempt;
    this.current = attempt(this.addresses[0]);
    this.watch();
  }

  get readiness(): number {
    if (!this.isSettled) return 0;
    return this.firstError === null ? this.current.readiness : FAILED;
  }

  get watcher(): Watcher | null {
    return this.listening;
  }

  set watcher(watcher: Watcher | null) {
    this.listening = watcher;
    if (this.isSettled) this.current.watcher = watcher;
  }

  get localAddress(): Address | null {
    return this.current.localAddress;
  }

  get remoteAddress(): Address | null {
    return this.current.remoteAddress;
  }

  onReadiness(): void {
    const { readiness } = this.current;
    if ((readiness & OPEN) !== 0) this.settle();
    else if ((readiness & FAILED) !== 0) this.advance(this.current.takeError());
  }

  recv(sizeBytes: number): Received {
    return this.isSettled ? this.current.recv(sizeBytes) : WOULD_BLOCK;
  }

  send(data: Uint8Array): number {
    return this.isSettled ? this.current.send(data) : 0;
  }

  shutdownWrite(): void {
    this.current.shutdownWrite();
  }

  sendUrgent(byte: number): void {
    this.current.sendUrgent?.(byte);
  }

  takeUrgent(): number | null {
    return this.current.takeUrgent?.() ?? null;
  }

  /** Asked for while addresses are tried, it holds for the one that answers. */
  setKeepAlive(options: KeepAliveOptions | null): void {
    if (this.isSettled) this.current.setKeepAlive?.(options);
    else this.keepAlive = options;
  }

  /** As `setKeepAlive`. */
  setNoDelay(isOn: boolean): void {
    this.hasNoDelay = isOn;
    if (this.isSettled) this.current.setNoDelay?.(isOn);
  }

  takeError(): TransportError | null {
    if (!this.isSettled) return null;
    const error = this.firstError ?? this.current.takeError();
    this.firstError = null;
    return error;
  }

  abort(): void {
    this.settle();
    this.current.abort();
  }

  close(): void {
    this.settle();
    this.current.close();
  }

  /** @internal Its state as text, for merging equal states. */
  stateText(): string {
    const { current } = this;
    const name = current instanceof SimEndpoint ? current.in.name : '';
    const { idleMs, intervalMs, count } = this.keepAlive ?? {};
    const asks = this.isSettled
      ? ''
      : `try${this.keepAlive === null ? '' : `${idleMs},${intervalMs},${count}`}`;
    return `${asks}${this.next}${this.firstError?.code ?? ''}${name}`;
  }

  /** Watches the attempt under way, for so long. */
  private watch(): void {
    this.current.watcher = this;
    if (this.next >= this.addresses.length) return;
    this.timer = this.host.clock.setTimer(ATTEMPT_MS, () => {
      const address = this.addresses[this.next - 1];
      this.advance(new TransportError('ETIMEDOUT', { syscall: 'connect', address }));
    });
  }

  /** The attempt has failed: the next one, or the end. As Node, the first error tells the code. */
  private advance(error: TransportError | null): void {
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
  private settle(): void {
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
function alternate(addresses: readonly string[]): string[] {
  const isSame = (address: string): boolean => isIpv6(address) === isIpv6(addresses[0]);
  const first = addresses.filter(isSame);
  const second = addresses.filter((address) => !isSame(address));
  const inTurn: string[] = [];
  for (let index = 0; index < addresses.length; index += 1)
    inTurn.push(...first.slice(index, index + 1), ...second.slice(index, index + 1));
  return inTurn;
}
