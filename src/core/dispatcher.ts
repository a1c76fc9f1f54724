// A dispatcher: handlers bound to one endpoint or listener. asyncore's programming model, with the deviations
// E1 to E13 of docs/asyncore.md: closed is final, end of stream is not close, no handler runs inside a call.
import { type Address, checkAddress, formatAddress, isUnixAddress } from './address.ts';
import { checkBytes, checkDuration, checkFunction, checkInteger, show, wrongType } from './arguments.ts';
import { ChannelTimer } from './channel-timer.ts';
import type { Timer } from './clock.ts';
import { type CloseReason, ENDED } from './close-reason.ts';
import { ArgumentError, StateError, type TransportError } from './errors.ts';
import type { Reactor } from './reactor.ts';
import { ACCEPT_PAUSE_MS, ServedChannel } from './served-channel.ts';
import {
  type Accepted,
  type ConnectOptions,
  END_OF_STREAM,
  type Endpoint,
  type ListenOptions,
  type Received,
  WOULD_BLOCK,
} from './transport.ts';
import { checkListenOptions } from './transport-options.ts';

export type Family = 'tcp4' | 'tcp6' | 'unix';

export class Dispatcher extends ServedChannel {
  /** Kinds of log line that `logInfo` leaves out. As in asyncore, warnings. */
  ignoreLogTypes: ReadonlySet<string> = WARNINGS;

  private socketFamily: Family | null = null;
  private boundAddress: Address | null = null;

  /** With an endpoint, the channel is open at once and `handleConnect` is not called, as in asyncore. */
  constructor(reactor: Reactor, endpoint: Endpoint | null = null) {
    if (typeof reactor?.enqueue !== 'function')
      throw wrongType('reactor', reactor, 'a Reactor, as createRealReactor() or a host has one');
    super(reactor);
    const { readable, writable } = Dispatcher.prototype;
    this.askPredicates(this.readable !== readable, this.writable !== writable);
    if (endpoint !== null) this.setEndpoint(endpoint);
  }

  /** Whether the connection is established, and not closed. */
  get connected(): boolean {
    return this.channelState === 'open';
  }

  get connecting(): boolean {
    return this.channelState === 'connecting';
  }

  /** Whether this listens, or is about to. */
  get accepting(): boolean {
    return this.channelState === 'listening' || this.channelState === 'binding';
  }

  get closed(): boolean {
    return this.channelState === 'closed';
  }

  /** This end's address once open or listening, with the real port; else null. */
  get localAddress(): Address | null {
    return (this.ownEndpoint ?? this.ownListener)?.localAddress ?? null;
  }

  // ---- what a program overrides ----

  /** Bytes or the end of stream can be received. */
  handleRead(): void {
    this.logInfo('unhandled read event', 'warning');
  }

  /** `send` would accept bytes: once after the connection is established, then after each send that was cut short. */
  handleWrite(): void {
    this.logInfo('unhandled write event', 'warning');
  }

  /** The connection is established. Called at most once, before any other handler. */
  handleConnect(): void {
    this.logInfo('unhandled connect event', 'warning');
  }

  /**
   * The peer has ended its direction and every byte was received. The channel is still open for sending.
   * Default: `handleClose({ kind: 'end' })`.
   */
  handleEnd(): void {
    this.finishChannel(ENDED);
  }

  /**
   * The channel is over, and not because the program called `close` or `abort`. Called at most once, after everything
   * received was handed over; nothing is called afterwards. By default it does nothing but log a warning.
   */
  handleClose(reason: CloseReason): void {
    this.logInfo(`unhandled close event (${reason.kind})`, 'warning');
  }

  /** The listener is bound; `localAddress` has the real port. */
  handleListening(): void {}

  /** A connection waits to be accepted. Default: `accept` it and call `handleAccepted`. */
  handleAccept(): void {
    const accepted = this.accept();
    if (accepted === null) return;
    try {
      this.handleAccepted(accepted.endpoint, accepted.address);
    } catch (error) {
      // Only the new connection dies: with a channel around it already, that channel ends as if its own handler had thrown.
      const { watcher } = accepted.endpoint;
      if (watcher instanceof Dispatcher) watcher.finishChannel({ kind: 'exception', error });
      else accepted.endpoint.abort();
      throw error;
    }
  }

  /** A connection was accepted: wrap its endpoint in a dispatcher. Default: close it. */
  handleAccepted(endpoint: Endpoint, _address: Address): void {
    endpoint.close();
    this.logInfo('unhandled accepted event', 'warning');
  }

  /** Accepting failed (EMFILE, ECONNABORTED). The listener goes on by itself after a pause. Default: log. */
  handleAcceptError(error: TransportError): void {
    this.logInfo(`accepting failed, pausing ${ACCEPT_PAUSE_MS} ms: ${error.message}`, 'error');
  }

  /** Urgent data has arrived: `recvUrgent` gives it. Only the simulation can produce it. */
  handleExpt(): void {
    this.logInfo('unhandled incoming priority event', 'warning');
  }

  /**
   * One of this channel's handlers threw `error`. Afterwards the channel is closed by reset, and `handleClose` is
   * called; a listener goes on. Default: report it to the reactor, which fails a simulation.
   */
  handleError(error: unknown): void {
    this.reactor.reportUncaught(error, this);
  }

  /** Whether `handleRead` may be called now. An override is asked in each turn in which bytes are waiting. */
  readable(): boolean {
    return this.wantsRead;
  }

  /**
   * Whether `handleWrite` may be called now: once after connecting, then after each send that was cut short.
   * An override is asked in each turn in which the channel could send, which an idle one can: prefer `wantWrite`.
   */
  writable(): boolean {
    return this.wantsWrite;
  }

  // ---- what a program calls ----

  /** Restricts `bind` and `connect` to a family, before either. Default: any. Streams only; nothing is opened yet. */
  createSocket(family: Family | null = null): void {
    this.expectIdle('createSocket');
    if (family !== null && family !== 'tcp4' && family !== 'tcp6' && family !== 'unix') {
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `family must be 'tcp4', 'tcp6' or 'unix', got ${show(family)}`,
      );
    }
    const { socketFamily } = this;
    this.socketFamily = family;
    try {
      if (this.boundAddress !== null) this.checkOfFamily(this.boundAddress);
    } catch (error) {
      this.socketFamily = socketFamily;
      throw error;
    }
  }

  /** Does nothing: both backends always re-use an address whose listener is gone, as libuv does. Kept for asyncore's shape. */
  setReuseAddr(): void {}

  /** The local address for `listen` or `connect`. Whether it can be had is told when they are tried. */
  bind(address: Address): void {
    this.expectIdle('bind');
    this.boundAddress = this.checkOfFamily(address);
    this.address = address;
  }

  /** Starts to listen. `handleListening` follows, or `handleClose` with the reason. */
  listen(backlog?: number | ListenOptions): void {
    this.expectIdle('listen');
    const options = typeof backlog === 'object' && backlog !== null ? backlog : { backlog };
    checkListenOptions(options);
    if (this.boundAddress === null && this.socketFamily === 'unix') {
      throw this.misuseError('listen', 'a Unix-domain listener needs a path; call bind({ path }) first');
    }
    const address = this.boundAddress ?? { host: this.socketFamily === 'tcp6' ? '::' : '0.0.0.0', port: 0 };
    const listener = this.reactor.transport.listen(address, options);
    this.address = address;
    this.ownListener = listener;
    this.channelState = 'binding';
    this.registerSource(listener);
  }

  /** Starts to connect. `handleConnect` follows, or `handleClose` with the reason; neither before this returns. */
  connect(address: Address): void {
    this.expectIdle('connect');
    this.checkOfFamily(address);
    if (this.boundAddress !== null && isUnixAddress(this.boundAddress)) {
      throw this.misuseError('connect', 'it is bound to a path, and clients cannot be; leave out bind()');
    }
    const endpoint = this.reactor.transport.connect(address, this.optionsToConnect());
    this.address = address;
    this.ownEndpoint = endpoint;
    this.channelState = 'connecting';
    this.registerSource(endpoint);
  }

  /** The next established connection, or null if none waits. */
  accept(): Accepted | null {
    if (this.ownListener === null)
      throw this.misuseError('accept', 'it does not listen; call listen() first');
    return this.ownListener.accept();
  }

  /**
   * Offers bytes; returns how many were accepted, from the start of `data`. Fewer than all sets write interest:
   * `handleWrite` is called when more can go. On a broken connection 0; `handleClose` follows from the loop.
   */
  send(data: Uint8Array): number {
    checkBytes('data', data);
    if (this.channelState !== 'open') {
      if (this.channelState === 'connecting') return 0;
      throw this.misuseError(
        'send',
        this.channelState === 'idle' ? 'it is not connected; call connect() first' : 'it cannot send',
      );
    }
    if (this.hasShutdownWrite) throw this.misuseError('send', 'its writing side was shut down');
    const accepted = this.ownEndpoint!.send(data);
    if (accepted < data.length && !this.wantsWrite) this.wantWrite(true);
    return accepted;
  }

  /** Up to `sizeBytes` bytes (a view, valid until the handler returns), WOULD_BLOCK, or END_OF_STREAM. Never calls a handler. */
  recv(sizeBytes: number): Received {
    checkInteger('sizeBytes', sizeBytes, 0);
    if (this.channelState !== 'open') {
      if (this.channelState === 'connecting') return WOULD_BLOCK;
      throw this.misuseError(
        'recv',
        this.channelState === 'idle' ? 'it is not connected; call connect() first' : 'it cannot receive',
      );
    }
    if (this.hasEndOfStream) return END_OF_STREAM;
    const received = this.ownEndpoint!.recv(sizeBytes);
    // Asked first: bytes are not compared to a symbol, which is slow.
    if (typeof received === 'symbol' && received === END_OF_STREAM) {
      this.hasEndOfStream = true;
      this.isEndDue = true;
      if (!this.isInReadyQueue) this.reactor.enqueue(this);
    }
    return received;
  }

  /** The urgent byte that has arrived, or null. */
  recvUrgent(): number | null {
    return this.ownEndpoint?.takeUrgent?.() ?? null;
  }

  /** Sends the end of stream after the bytes accepted so far; receiving goes on. Idempotent. */
  shutdownWrite(): void {
    if (this.channelState !== 'open') throw this.misuseError('shutdownWrite', 'it is not connected');
    this.hasShutdownWrite = true;
    this.wantsWrite = false;
    this.ownEndpoint!.shutdownWrite();
  }

  /** Closes gracefully: accepted bytes are still delivered. Final, idempotent, and calls no handler. */
  close(): void {
    if (this.channelState !== 'closed') this.releaseSource().close();
  }

  /** Closes by reset: what is undelivered is dropped, and the peer sees ECONNRESET. Final, idempotent. */
  abort(): void {
    if (this.channelState === 'closed') return;
    const { ownEndpoint: endpoint } = this;
    const source = this.releaseSource();
    if (endpoint === null) source.close();
    else endpoint.abort();
  }

  /** Read interest: while false, bytes stay where they are, and the peer is stopped by flow control. */
  wantRead(wanted: boolean): void {
    if (typeof wanted !== 'boolean') throw wrongType('wanted', wanted, 'true or false');
    this.wantsRead = wanted;
    if (wanted && this.isInMap) this.reactor.enqueue(this);
  }

  /** Write interest: while true, `handleWrite` is called in each turn in which bytes could be sent. */
  wantWrite(wanted: boolean): void {
    if (typeof wanted !== 'boolean') throw wrongType('wanted', wanted, 'true or false');
    this.wantsWrite = wanted;
    if (wanted && this.isInMap) this.reactor.enqueue(this);
  }

  /** Calls `callback` once after `delayMs`, unless the channel is closed before. */
  callLater(delayMs: number, callback: () => void): Timer {
    checkDuration('delayMs', delayMs);
    checkFunction('callback', callback);
    if (this.channelState === 'closed') throw this.misuseError('callLater', 'a closed channel has no timers');
    return new ChannelTimer(this, delayMs, callback);
  }

  log(message: string): void {
    this.reactor.log(message, 'log');
  }

  logInfo(message: string, type = 'info'): void {
    if (!this.ignoreLogTypes.has(type)) this.reactor.log(message, type);
  }

  override toString(): string {
    const address = this.address === null ? '' : ` ${formatAddress(this.address)}`;
    return `<${this.constructor.name || 'Dispatcher'} ${this.channelState}${address}>`;
  }

  // ---- what subclasses build on ----

  /** Binds the channel to an open endpoint, and registers it. */
  protected setEndpoint(endpoint: Endpoint): void {
    this.expectIdle('setEndpoint');
    if (typeof endpoint?.recv !== 'function')
      throw wrongType('endpoint', endpoint, 'an endpoint, as handleAccepted gets one');
    if (endpoint.watcher !== null && endpoint.watcher instanceof Dispatcher) {
      throw this.misuseError(
        'setEndpoint',
        `the endpoint is that of ${String(endpoint.watcher)} already; an endpoint has one dispatcher`,
      );
    }
    this.ownEndpoint = endpoint;
    this.address = endpoint.remoteAddress;
    this.channelState = 'open';
    this.registerSource(endpoint);
  }

  private optionsToConnect(): ConnectOptions {
    const local = this.boundAddress !== null && 'host' in this.boundAddress ? this.boundAddress : undefined;
    const family = this.socketFamily === 'tcp6' ? 6 : this.socketFamily === 'tcp4' ? 4 : 0;
    return { local, family };
  }

  private checkOfFamily(address: Address): Address {
    checkAddress('address', address);
    const { socketFamily } = this;
    if (socketFamily === null || isOfFamily(address, socketFamily)) return address;
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `address must be ${TAKEN[socketFamily]} for a channel of the family ${socketFamily}, got ${formatAddress(address)}`,
    );
  }

  private expectIdle(attempt: string): void {
    if (this.channelState === 'idle') return;
    throw this.misuseError(attempt, 'a channel connects or listens once; make a new one');
  }

  private misuseError(attempt: string, why: string): StateError {
    if (this.channelState === 'closed')
      return new StateError(
        'ERR_CHANNEL_CLOSED',
        `${attempt} on ${String(this)}: it is closed, and closed is final`,
      );
    const code = this.channelState === 'idle' ? 'ERR_NOT_CONNECTED' : 'ERR_CHANNEL_STATE';
    return new StateError(code, `${attempt} on ${String(this)}: ${why}`);
  }
}

/** What the addresses of a family are. */
const TAKEN: Readonly<Record<Family, string>> = {
  tcp4: '{ host, port } with a name or an IPv4 address',
  tcp6: '{ host, port } with a name or an IPv6 address',
  unix: '{ path }',
};

/** What a name means is told later; an IP address has a version. */
function isOfFamily(address: Address, family: Family): boolean {
  if (isUnixAddress(address)) return family === 'unix';
  if (family === 'unix') return false;
  return !(family === 'tcp4' ? /:/ : /^[\d.]+$/).test(address.host);
}

const WARNINGS: ReadonlySet<string> = new Set(['warning']);
