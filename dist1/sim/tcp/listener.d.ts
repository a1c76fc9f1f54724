import { type Address } from '../../core/address.ts';
import { TransportError } from '../../core/errors.ts';
import { type Accepted, type Listener, type Watcher } from '../../core/transport.ts';
import type { Host } from '../host.ts';
import { type Binding } from '../names/addresses.ts';
import type { Connection } from './connection.ts';
import type { SimEndpoint } from './endpoint.ts';
/** A listening address of a host, and the established connections that wait to be accepted. */
export declare class SimListener implements Listener {
  readiness: number;
  watcher: Watcher | null;
  isClosed: boolean;
  /** What it covers, with the real port; what was asked for as long as it is not bound. */
  readonly bound: Binding;
  /** Whether the address is this listener's; known before the program is told. */
  isBound: boolean;
  private readonly host;
  private readonly backlog;
  private readonly waiting;
  private failure;
  constructor(host: Host, bound: Binding, backlog: number);
  get address(): Address;
  get localAddress(): Address | null;
  /** Linux takes one more than it was told (sk_acceptq_is_full, include/net/sock.h). */
  get isFull(): boolean;
  /** @internal How many connections wait to be accepted. */
  get waitingCount(): number;
  accept(): Accepted | null;
  /** @internal The connections that wait to be accepted. */
  waitingConnections(): IterableIterator<Connection>;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  takeError(): TransportError | null;
  close(): void;
  shed(): void;
  /** @internal The host has crashed: nobody hears of it. */
  forget(): void;
  /** @internal The host goes on after a pause. */
  resume(): void;
  /** @internal Binding has succeeded. */
  onBound(): void;
  /** @internal Binding has failed, which is final, or an accept has. */
  onFailure(error: TransportError): void;
  /** @internal */
  enqueue(endpoint: SimEndpoint): void;
  /** A connection that has died while it waited is gone (accept(2), ECONNABORTED); others wait on. */
  private failsToAccept;
  private notify;
}
