// The half of a dispatcher that its reactor sees: which handlers are due, in what order they are called, and
// how a channel ends. Its law is "closed is final": after release() no handler is called, but handleClose once.
import type { Address } from './address.ts';
import type { Channel, Phase } from './channel.ts';
import type { ChannelTimer } from './channel-timer.ts';
import { type CloseReason, reasonFor } from './close-reason.ts';
import { passesThrough, type TransportError } from './errors.ts';
import type { Reactor } from './reactor.ts';
import { END_OF_STREAM, type Endpoint, type Listener, Readiness } from './transport.ts';

const { READABLE, WRITABLE, FAILED, OPEN, URGENT, BROKEN } = Readiness;

/** `idle` → `connecting` → `open` → `closed`, or `idle` → `binding` → `listening` → `closed`. */
export type ChannelState = 'idle' | 'connecting' | 'open' | 'binding' | 'listening' | 'closed';

/** How long a listener rests after an accept that failed, for want of descriptors say. */
export const ACCEPT_PAUSE_MS = 100;

/** How much input a lingering close drops in one turn. */
const DISCARD_SIZE_BYTES = 65536;

export abstract class ServedChannel implements Channel {
  readonly reactor: Reactor;
  channelState: ChannelState = 'idle';
  /** The address connected to, accepted from, or bound; null before. It stays readable after close. */
  address: Address | null = null;
  /** How many waiting connections a listener accepts in one turn, at most. Default 1, as in asyncore. */
  acceptsPerTurn = 1;

  /** @internal */ previousChannel: Channel | null = null;
  /** @internal */ nextChannel: Channel | null = null;
  /** @internal */ isInMap = false;
  /** @internal */ isInReadyQueue = false;
  /** @internal */ protected ownEndpoint: Endpoint | null = null;
  /** @internal */ protected ownListener: Listener | null = null;
  /** @internal */ protected wantsRead = true;
  /** @internal */ protected wantsWrite = true;
  /** @internal */ protected hasEndOfStream = false;
  /** @internal */ protected isEndDue = false;
  /** @internal */ protected hasShutdownWrite = false;
  /** @internal */ firstTimer: ChannelTimer | null = null;
  /** @internal */ lastTimer: ChannelTimer | null = null;
  private asksReadable = false;
  private asksWritable = false;
  private isAcceptPaused = false;
  /** Set while a lingering close drops input: the reason it ends with. */
  private discardReason: CloseReason | null = null;
  private dueSoon: (() => void)[] | null = null;

  constructor(reactor: Reactor) {
    this.reactor = reactor;
  }

  abstract handleRead(): void;
  abstract handleWrite(): void;
  abstract handleConnect(): void;
  abstract handleEnd(): void;
  abstract handleClose(reason: CloseReason): void;
  abstract handleListening(): void;
  abstract handleAccept(): void;
  abstract handleAcceptError(error: TransportError): void;
  abstract handleExpt(): void;
  abstract handleError(error: unknown): void;
  abstract readable(): boolean;
  abstract writable(): boolean;
  abstract close(): void;
  abstract abort(): void;

  /** @internal What of the reactor's half decides how this channel will behave, as text, for merging equal states. */
  stateText(): string {
    let flags = 0;
    if (this.wantsRead) flags |= 1;
    if (this.wantsWrite) flags |= 2;
    if (this.hasEndOfStream) flags |= 4;
    if (this.isEndDue) flags |= 8;
    if (this.hasShutdownWrite) flags |= 16;
    if (this.isInReadyQueue) flags |= 32;
    if (this.isAcceptPaused) flags |= 64;
    if (this.discardReason !== null) flags |= 128;
    const timers: number[] = [];
    for (let timer = this.firstTimer; timer !== null; timer = timer.nextTimer) timers.push(timer.rank);
    const soon = this.dueSoon === null ? '' : this.dueSoon.map(({ name }) => name).join();
    return `${this.channelState} ${flags} ${timers.join()}${soon}`;
  }

  /** @internal */
  get channelSource(): Endpoint | Listener | null {
    return this.ownEndpoint ?? this.ownListener;
  }

  /** @internal */
  onReadiness(): void {
    this.reactor.enqueue(this);
  }

  /** @internal */
  serveChannel(phase: Phase): number {
    const source = this.ownEndpoint ?? this.ownListener;
    if (source === null) return 0;
    let called = 0;
    if (this.channelState === 'connecting' || this.channelState === 'binding') {
      if ((source.readiness & OPEN) !== 0) called += this.becomeOpen();
      else if ((source.readiness & FAILED) !== 0) return this.failChannel();
    }
    if (this.dueSoon !== null) called += this.runSoon();
    if (phase !== 'write' && phase !== 'rest') called += this.serveRead();
    if (phase !== 'read' && phase !== 'rest') called += this.serveWrite();
    if (phase !== 'read' && phase !== 'write') called += this.serveRest();
    return called;
  }

  /** @internal */
  isChannelDue(): boolean {
    const source = this.ownEndpoint ?? this.ownListener;
    if (source === null) return false;
    const bits = source.readiness;
    if (this.isReadyAnyway(bits)) return true;
    if (this.isReadReady(bits) && (this.discardReason !== null || this.readable())) return true;
    if (this.channelState === 'closed') return false;
    if ((bits & BROKEN) !== 0) return !this.hasShutdownWrite && !this.readable() && this.writable();
    return this.isWriteReady(bits) && this.writable();
  }

  /** @internal */
  isChannelPending(): boolean {
    const source = this.ownEndpoint ?? this.ownListener;
    if (source === null) return false;
    const bits = source.readiness;
    if (this.isReadyAnyway(bits)) return true;
    if (this.isReadReady(bits) && (this.wantsRead || this.asksReadable || this.discardReason !== null))
      return true;
    return this.isWriteReady(bits) && (this.wantsWrite || this.asksWritable);
  }

  /** @internal */
  catchException(error: unknown): void {
    try {
      this.handleError(error);
    } catch (second) {
      if (passesThrough(second)) throw second;
      if (second !== error) this.reactor.reportUncaught(error, this);
      this.reactor.reportUncaught(second, this);
    }
    if (this.ownListener !== null) return;
    try {
      this.finishChannel({ kind: 'exception', error });
    } catch (third) {
      if (passesThrough(third)) throw third;
      this.reactor.reportUncaught(third, this);
    }
  }

  // ---- what subclasses build on ----

  /** @internal An overridden predicate has to be asked each turn while its channel is ready; the flags tell by themselves. */
  protected askPredicates(asksReadable: boolean, asksWritable: boolean): void {
    this.asksReadable = asksReadable;
    this.asksWritable = asksWritable;
  }

  /** Whether the peer's end of stream was received. */
  protected get hasReceivedEnd(): boolean {
    return this.hasEndOfStream;
  }

  /** Ends the channel with a reason: closes it, then calls `handleClose`. Does nothing if it is closed. */
  protected finishChannel(reason: CloseReason): void {
    if (this.channelState === 'closed') return;
    if (reason.kind === 'exception') this.abort();
    else this.close();
    this.handleClose(reason);
  }

  /**
   * Ends the channel with a reason after all input was dropped: sends the end of stream, discards what arrives
   * until the peer's end of stream or for `lingerMs`, then `finish(reason)`. No other handler is called meanwhile.
   */
  protected lingerChannel(reason: CloseReason, lingerMs: number): void {
    const { ownEndpoint: endpoint } = this;
    if (endpoint === null || this.hasEndOfStream) {
      this.finishChannel(reason);
      return;
    }
    this.hasShutdownWrite = true;
    this.discardReason = reason;
    endpoint.shutdownWrite();
    this.callLater(lingerMs, () => this.finishChannel(reason));
    this.reactor.enqueue(this);
  }

  abstract callLater(delayMs: number, callback: () => void): unknown;

  /** Calls `callback`, a method of this channel, from the loop, in its next turn, unless it is closed before. */
  protected callSoon(callback: () => void): void {
    if (!this.isInMap) return;
    this.dueSoon ??= [];
    this.dueSoon.push(callback);
    this.reactor.enqueue(this);
  }

  /** @internal Watches `source`, and joins the map. */
  protected registerSource(source: Endpoint | Listener): void {
    source.watcher = this;
    this.reactor.add(this);
    if (source.readiness !== 0) this.reactor.enqueue(this);
  }

  /** @internal Leaves the map for good, and gives back what has to be closed. */
  protected releaseSource(): Endpoint | Listener | typeof NOTHING {
    const source = this.ownEndpoint ?? this.ownListener ?? NOTHING;
    this.channelState = 'closed';
    this.ownEndpoint = null;
    this.ownListener = null;
    this.isEndDue = false;
    this.dueSoon = null;
    source.watcher = null;
    this.reactor.remove(this);
    while (this.firstTimer !== null) this.firstTimer.cancel();
    return source;
  }

  // ---- one visit ----

  /** Due whatever the predicates say. */
  private isReadyAnyway(bits: number): boolean {
    if (this.isEndDue || this.dueSoon !== null || (bits & (FAILED | URGENT)) !== 0) return true;
    return (bits & OPEN) !== 0 && (this.channelState === 'connecting' || this.channelState === 'binding');
  }

  private isReadReady(bits: number): boolean {
    return (bits & READABLE) !== 0 && !this.hasEndOfStream && !this.isAcceptPaused;
  }

  private isWriteReady(bits: number): boolean {
    return (bits & (WRITABLE | BROKEN)) !== 0 && !this.hasShutdownWrite;
  }

  private becomeOpen(): number {
    if (this.ownListener !== null) {
      this.channelState = 'listening';
      this.address = this.ownListener.localAddress;
      this.handleListening();
    } else {
      this.channelState = 'open';
      this.handleConnect();
    }
    return 1;
  }

  private runSoon(): number {
    const due = this.dueSoon!;
    this.dueSoon = null;
    for (const callback of due) if (this.channelState !== 'closed') callback.call(this);
    return due.length;
  }

  private serveRead(): number {
    if (this.isEndDue) return this.serveEnd();
    const source = this.ownEndpoint ?? this.ownListener;
    if (source === null || !this.isReadReady(source.readiness)) return 0;
    if (this.discardReason !== null) return this.discardInput(this.discardReason);
    // A predicate may close its channel, or receive the end of stream.
    if (!this.readable() || this.channelState === 'closed') return 0;
    if (this.ownListener !== null) return this.serveAccept(this.ownListener);
    if (!this.isEndDue) this.handleRead();
    return this.isEndDue ? 1 + this.serveEnd() : 1;
  }

  private serveAccept(listener: Listener): number {
    let called = 0;
    do {
      this.handleAccept();
      called += 1;
    } while (called < this.acceptsPerTurn && this.isReadReady(listener.readiness) && this.readable());
    return called;
  }

  private serveEnd(): number {
    this.isEndDue = false;
    if (this.discardReason === null) this.handleEnd();
    else this.finishChannel(this.discardReason);
    return 1;
  }

  private discardInput(reason: CloseReason): number {
    if (this.ownEndpoint!.recv(DISCARD_SIZE_BYTES) === END_OF_STREAM) this.finishChannel(reason);
    return 1;
  }

  private serveWrite(): number {
    const { ownEndpoint: endpoint } = this;
    if (endpoint === null || !this.isWriteReady(endpoint.readiness) || this.channelState !== 'open') return 0;
    if ((endpoint.readiness & BROKEN) !== 0) return this.serveBroken();
    if (!this.writable() || this.ownEndpoint === null) return 0;
    this.wantsWrite = false;
    this.handleWrite();
    return 1;
  }

  /**
   * What was received before the connection broke is read first. A program that does not read, and waits to send, would
   * wait for ever: it is told at once, and those bytes are dropped, as a failed write is told on Linux.
   */
  private serveBroken(): number {
    if (this.readable() || !this.writable() || this.channelState === 'closed') return 0;
    return this.failChannel();
  }

  private serveRest(): number {
    const { ownEndpoint: endpoint, ownListener: listener } = this;
    const bits = (endpoint ?? listener)?.readiness ?? 0;
    if ((bits & (URGENT | FAILED)) === 0) return 0;
    if ((bits & FAILED) !== 0) return listener === null ? this.failChannel() : this.failAccept(listener);
    this.handleExpt();
    // A handler that does not take it loses it: an urgent byte must not come back each turn.
    if (endpoint !== null && (endpoint.readiness & URGENT) !== 0) endpoint.takeUrgent?.();
    return 1;
  }

  private failChannel(): number {
    const error = (this.ownEndpoint ?? this.ownListener)!.takeError();
    if (error === null) return 0;
    this.finishChannel(reasonFor(error));
    return 1;
  }

  private failAccept(listener: Listener): number {
    const error = listener.takeError();
    if (error === null) return 0;
    if (!this.isAcceptPaused) {
      this.isAcceptPaused = true;
      this.callLater(ACCEPT_PAUSE_MS, () => {
        this.isAcceptPaused = false;
        this.reactor.enqueue(this);
      });
    }
    this.handleAcceptError(error);
    return 1;
  }
}

/** Stands for the source of a channel that has none. */
export const NOTHING = {
  set watcher(_watcher: null) {},
  close(): void {},
};
