import { type Address } from './address.ts';
import type { Timer } from './clock.ts';
import { type CloseReason } from './close-reason.ts';
import { type TransportError } from './errors.ts';
import type { Reactor } from './reactor.ts';
import { ServedChannel } from './served-channel.ts';
import { type Accepted, type Endpoint, type ListenOptions, type Received } from './transport.ts';
export type Family = 'tcp4' | 'tcp6' | 'unix';
export declare class Dispatcher extends ServedChannel {
  /** Kinds of log line that `logInfo` leaves out. As in asyncore, warnings. */
  ignoreLogTypes: ReadonlySet<string>;
  private socketFamily;
  private boundAddress;
  /** With an endpoint, the channel is open at once and `handleConnect` is not called, as in asyncore. */
  constructor(reactor: Reactor, endpoint?: Endpoint | null);
  /** Whether the connection is established, and not closed. */
  get connected(): boolean;
  get connecting(): boolean;
  /** Whether this listens, or is about to. */
  get accepting(): boolean;
  get closed(): boolean;
  /** This end's address once open or listening, with the real port; else null. */
  get localAddress(): Address | null;
  /** Bytes or the end of stream can be received. */
  handleRead(): void;
  /** `send` would accept bytes: once after the connection is established, then after each send that was cut short. */
  handleWrite(): void;
  /** The connection is established. Called at most once, before any other handler. */
  handleConnect(): void;
  /**
   * The peer has ended its direction and every byte was received. The channel is still open for sending.
   * Default: `handleClose({ kind: 'end' })`.
   */
  handleEnd(): void;
  /**
   * The channel is over, and not because the program called `close` or `abort`. Called at most once, after everything
   * received was handed over; nothing is called afterwards. By default it does nothing but log a warning.
   */
  handleClose(reason: CloseReason): void;
  /** The listener is bound; `localAddress` has the real port. */
  handleListening(): void;
  /** A connection waits to be accepted. Default: `accept` it and call `handleAccepted`. */
  handleAccept(): void;
  /** A connection was accepted: wrap its endpoint in a dispatcher. Default: close it. */
  handleAccepted(endpoint: Endpoint, _address: Address): void;
  /** Accepting failed (EMFILE, ECONNABORTED). The listener goes on by itself after a pause. Default: log. */
  handleAcceptError(error: TransportError): void;
  /** Urgent data has arrived: `recvUrgent` gives it. Only the simulation can produce it. */
  handleExpt(): void;
  /**
   * One of this channel's handlers threw `error`. Afterwards the channel is closed by reset, and `handleClose` is
   * called; a listener goes on. Default: report it to the reactor, which fails a simulation.
   */
  handleError(error: unknown): void;
  /** Whether `handleRead` may be called now. An override is asked in each turn in which bytes are waiting. */
  readable(): boolean;
  /**
   * Whether `handleWrite` may be called now: once after connecting, then after each send that was cut short.
   * An override is asked in each turn in which the channel could send, which an idle one can: prefer `wantWrite`.
   */
  writable(): boolean;
  /** Restricts `bind` and `connect` to a family, before either. Default: any. Streams only; nothing is opened yet. */
  createSocket(family?: Family | null): void;
  /** Does nothing: both backends always re-use an address whose listener is gone, as libuv does. Kept for asyncore's shape. */
  setReuseAddr(): void;
  /** The local address for `listen` or `connect`. Whether it can be had is told when they are tried. */
  bind(address: Address): void;
  /** Starts to listen. `handleListening` follows, or `handleClose` with the reason. */
  listen(backlog?: number | ListenOptions): void;
  /** Starts to connect. `handleConnect` follows, or `handleClose` with the reason; neither before this returns. */
  connect(address: Address): void;
  /** The next established connection, or null if none waits. */
  accept(): Accepted | null;
  /**
   * Offers bytes; returns how many were accepted, from the start of `data`. Fewer than all sets write interest:
   * `handleWrite` is called when more can go. On a broken connection 0; `handleClose` follows from the loop.
   */
  send(data: Uint8Array): number;
  /** Up to `sizeBytes` bytes (a view, valid until the handler returns), WOULD_BLOCK, or END_OF_STREAM. Never calls a handler. */
  recv(sizeBytes: number): Received;
  /** The urgent byte that has arrived, or null. */
  recvUrgent(): number | null;
  /** Sends the end of stream after the bytes accepted so far; receiving goes on. Idempotent. */
  shutdownWrite(): void;
  /** Closes gracefully: accepted bytes are still delivered. Final, idempotent, and calls no handler. */
  close(): void;
  /** Closes by reset: what is undelivered is dropped, and the peer sees ECONNRESET. Final, idempotent. */
  abort(): void;
  /** Read interest: while false, bytes stay where they are, and the peer is stopped by flow control. */
  wantRead(wanted: boolean): void;
  /** Write interest: while true, `handleWrite` is called in each turn in which bytes could be sent. */
  wantWrite(wanted: boolean): void;
  /** Calls `callback` once after `delayMs`, unless the channel is closed before. */
  callLater(delayMs: number, callback: () => void): Timer;
  log(message: string): void;
  logInfo(message: string, type?: string): void;
  toString(): string;
  /** Binds the channel to an open endpoint, and registers it. */
  protected setEndpoint(endpoint: Endpoint): void;
  private optionsToConnect;
  private checkOfFamily;
  private expectIdle;
  private misuseError;
}
