import { type Address } from '../core/address.ts';
import type { TransportError } from '../core/errors.ts';
import { type Endpoint, type Received, type Watcher } from '../core/transport.ts';
import { Inbox } from './inbox.ts';
import type { RealContext } from './real-context.ts';
import { type SocketSink } from './real-socket.ts';
import type { StreamSocket } from './stream-socket.ts';
/**
 * Bytes accepted by `send` that the kernel has not taken yet, at most. As large as one receive buffer, so that a
 * forwarder hands on in one piece what it received in one piece.
 */
export declare const SEND_BUDGET_BYTES: number;
export declare class RealEndpoint implements Endpoint, SocketSink {
  watcher: Watcher | null;
  readonly inbox: Inbox;
  private readonly context;
  private readonly target;
  private readonly socket;
  private bits;
  private isOpen;
  private isStopped;
  private hasEnded;
  private hasShutdown;
  private isClosed;
  /** The end of stream has come, and may be a reset: see `onEndOfStream`. */
  private isProbing;
  private error;
  /** What writes may still be using: given back once everything is written. */
  private pinned;
  private outlet;
  /** `attach` makes the socket, or takes it over; it may start to read at once. */
  constructor(context: RealContext, target: Address, attach: (sink: RealEndpoint) => StreamSocket);
  get readiness(): number;
  /** Asked of the kernel when it is read: not every program wants it, and it is a system call. */
  get localAddress(): Address | null;
  get remoteAddress(): Address | null;
  recv(sizeBytes: number): Received;
  send(data: Uint8Array): number;
  shutdownWrite(): void;
  setNoDelay(isOn: boolean): void;
  takeError(): TransportError | null;
  abort(): void;
  close(): void;
  onBytes(sizeBytes: number): boolean;
  /**
   * libuv reports a reset as the end of stream if it finds it right after a read that did not fill the buffer
   * (docs/discoveries/reset-read-as-end.md). A write of nothing tells which it was.
   */
  onEndOfStream(): void;
  onError(error: NodeJS.ErrnoException): boolean;
  private markOpen;
  /** A RealSocket over TCP has already asked the kernel, and so has a HandleSocket. */
  private isDoubtful;
  /** A Unix-domain end cannot be told from a reset afterwards: each read that leaves nothing behind is stopped for a moment. */
  private restsAfter;
  private settleEnd;
  private markFailed;
  private gainFailed;
  private onDrained;
  private resume;
  private afterWrite;
  private get queuedBytes();
  private openOutlet;
  private pin;
  private unpin;
  private release;
  private event;
  private gain;
}
