import type { Address } from '../../core/address.ts';
import { TransportError } from '../../core/errors.ts';
import { type Endpoint, type KeepAliveOptions, type Received, type Watcher } from '../../core/transport.ts';
import type { Host } from '../host.ts';
export declare class TryingEndpoint implements Endpoint, Watcher {
  /** @internal The attempt under way, or the connection. */
  current: Endpoint;
  private readonly host;
  private readonly addresses;
  private readonly attempt;
  private next;
  private timer;
  private isSettled;
  private firstError;
  private listening;
  private keepAlive;
  private hasNoDelay;
  constructor(host: Host, addresses: readonly string[], attempt: (address: string) => Endpoint);
  get readiness(): number;
  get watcher(): Watcher | null;
  set watcher(watcher: Watcher | null);
  get localAddress(): Address | null;
  get remoteAddress(): Address | null;
  onReadiness(): void;
  recv(sizeBytes: number): Received;
  send(data: Uint8Array): number;
  shutdownWrite(): void;
  sendUrgent(byte: number): void;
  takeUrgent(): number | null;
  /** Asked for while addresses are tried, it holds for the one that answers. */
  setKeepAlive(options: KeepAliveOptions | null): void;
  /** As `setKeepAlive`. */
  setNoDelay(isOn: boolean): void;
  takeError(): TransportError | null;
  abort(): void;
  close(): void;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  /** Watches the attempt under way, for so long. */
  private watch;
  /** The attempt has failed: the next one, or the end. As Node, the first error tells the code. */
  private advance;
  /** From now on the connection itself is watched. */
  private settle;
}
