import { type InternetAddress } from '../../core/address.ts';
import type { Host } from '../host.ts';
import type { Network } from '../network.ts';
import { type BufferOptions } from './buffers.ts';
import { SimEndpoint } from './endpoint.ts';
export declare class Connection {
  readonly network: Network;
  /** Counts from 1 in the order of the connect calls. */
  readonly number: number;
  /** The same in every run in which it is made for the same reason, whatever the order: `client>1`, `client>1>1`. */
  readonly name: string;
  readonly client: SimEndpoint;
  readonly server: SimEndpoint;
  /** A middlebox has ended it: what is sent on it is answered with a reset. */
  isCut: boolean;
  /** Bytes that it may still deliver before a fault plan resets it. */
  bytesLeft: number;
  private readonly target;
  private readonly remote;
  private listener;
  constructor(network: Network, origin: Host, target: Host, local: InternetAddress, remote: InternetAddress);
  /** Whether nobody has room for it at present: then Linux drops what would establish it (listen(2), `backlog`). */
  get isBacklogFull(): boolean;
  /** A fault: both ends get a reset, and what is in flight is gone. */
  reset(): void;
  /** A fault: resets it once so many bytes have been delivered on it, both directions together. */
  cutAfter(options: { readonly bytes: number }): this;
  /** Gives its ends send and receive buffers of these sizes from now on: a kernel's options for one connection. */
  setBuffers(options: { readonly client?: BufferOptions; readonly server?: BufferOptions }): this;
  /** The connection attempt has arrived. */
  onSyn(): void;
  /**
   * Within a host the kernel is done before connect(2) returns: who listens can accept before who connects has heard of it.
   * Over a Unix-domain socket there is no handshake that could be made again (unix(7), EAGAIN).
   */
  private meet;
  private establish;
  /** The third segment of the handshake has arrived: the connection can be accepted. */
  onEstablished(): void;
  refuse(code: string): void;
  /** Both ends get a reset at once; what is in flight is gone. */
  breakBoth(): void;
  /**
   * Both ends see the other close; what is in flight is gone. An end that has bytes in flight, or waits for the other to
   * read, sends them again or asks, and is answered with a reset.
   */
  cut(): void;
  /** @internal The name of the connection that this one was made for, or its own: `client>1` for `client>1>1`. */
  get root(): string;
  /** @internal The separate host whose connect call it follows from; null if there is none, or if it touches another one. */
  get group(): string | null;
  /** Whether nothing can happen on it any more. */
  get isOver(): boolean;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  toString(): string;
}
