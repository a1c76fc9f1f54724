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
  state: ChannelState = 'idle';
  /** The address connected to, accepted from, or bound; null before. It stays readable after close. */
  address: Address | null = null;
  /** How many waiting connections a listener accepts in one turn, at most. Default 1, as in asyncore. */
  acceptsPerTurn = 1;

  /** @internal */ previousChannel: Channel | null = null;
  /** @internal */ nextChannel: Channel | null = null;
  /** @internal */ isRegistered = false;
  /** @internal */ isQueued = false;
  /** @internal */ protected endpoint: Endpoint | null = null;
  /** @internal */ protected listener: Listener | null = null;
  /** @internal */ protected wantsRead = true;
  /** @internal */ protected wantsWrite = true;
  /** @internal */ protected hasEnded = false;
  /** @internal */ protected isEndPending = false;
  /** @internal */ protected hasShutdown = false;
  /** @internal */ protected timers: Set<ChannelTimer> | null = null;
  private asksReadable = false;
  private asksWritable = false;
  private isAcceptPaused = false;
  /** Set while a lingering close drops input: the reason it ends with. */
  private discardReason: CloseReason | null = null;
  private soon: (() => void)[] | null = null;

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
    if (this.hasEnded) flags |= 4;
    if (this.isEndPending) flags |= 8;
    if (this.hasShutdown) flags |= 16;
    if (this.isQueued) flags |= 32;
    if (this.isAcceptPaused) flags |= 64;
    if (this.discardReason !== null) flags |= 128;
    if (this.soon !== null) flags |= 256;
    const timers = this.timers === null ? '' : Array.from(this.timers, (timer) => timer.rank).join();
    return `${this.state} ${flags} ${timers}`;
  }

  /** @internal */
  get source(): Endpoint | Listener | null {
    return this.endpoint ?? this.listener;
  }

  /** @internal */
  onReadiness(): void {
    this.reactor.enqueue(this);
  }

  /** @internal */
  serve(phase: Phase): number {
    const source = this.endpoint ?? this.listener;
    if (source === null) return 0;
    let called = 0;
    if (this.state === 'connecting' || this.state === 'binding') {
      if ((source.readiness & OPEN) !== 0) called += this.becomeOpen();
      else if ((source.readiness & FAILED) !== 0) return this.fail();
    }
    if (this.soon !== null) called += this.runSoon();
    if (phase !== 'write' && phase !== 'rest') called += this.serveRead();
    if (phase !== 'read' && phase !== 'rest') called += this.serveWrite();
    if (phase !== 'read' && phase !== 'write') called += this.serveRest();
    return called;
  }

  /** @internal */
  isDue(): boolean {
    const source = this.endpoint ?? this.listener;
    if (source === null) return false;
    const bits = source.readiness;
    if (this.isReadyAnyway(bits)) return true;
    if (this.isReadReady(bits) && (this.discardReason !== null || this.readable())) return true;
    if (this.state === 'closed') return false;
    if ((bits & BROKEN) !== 0) return !this.hasShutdown && !this.readable() && this.writable();
    return this.isWriteReady(bits) && this.writable();
  }

  /** @internal */
  isPending(): boolean {
    const source = this.endpoint ?? this.listener;
    if (source === null) return false;
    const bits = source.readiness;
    if (this.isReadyAnyway(bits)) return true;
    if (this.isReadReady(bits) && (this.wantsRead || this.asksReadable)) return true;
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
    if (this.listener !== null) return;
    try {
      this.finish({ kind: 'exception', error });
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
  protected get ended(): boolean {
    return this.hasEnded;
  }

  /** Ends the channel with a reason: closes it, then calls `handleClose`. Does nothing if it is closed. */
  protected finish(reason: CloseReason): void {
    if (this.state === 'closed') return;
    if (reason.kind === 'exception') this.abort();
    else this.close();
    this.handleClose(reason);
  }

  /**
   * Ends the channel with a reason after all input was dropped: sends the end of stream, discards what arrives
   * until the peer's end of stream or for `lingerMs`, then `finish(reason)`. No other handler is called meanwhile.
   */
  protected linger(reason: CloseReason, lingerMs: number): void {
    const { endpoint } = this;
    if (endpoint === null || this.hasEnded) {
      this.finish(reason);
      return;
    }
    this.hasShutdown = true;
    this.wantsRead = true;
    this.discardReason = reason;
    endpoint.shutdownWrite();
    this.callLater(lingerMs, () => this.finish(reason));
    this.reactor.enqueue(this);
  }

  abstract callLater(delayMs: number, callback: () => void): unknown;

  /** Calls `callback` from the loop, in the channel's next turn, unless it is closed before. */
  protected callSoon(callback: () => void): void {
    if (!this.isRegistered) return;
    this.soon ??= [];
    this.soon.push(callback);
    this.reactor.enqueue(this);
  }

  /** @internal Watches `source`, and joins the map. */
  protected register(source: Endpoint | Listener): void {
    source.watcher = this;
    this.reactor.add(this);
    if (source.readiness !== 0) this.reactor.enqueue(this);
  }

  /** @internal Leaves the map for good, and gives back what has to be closed. */
  protected release(): Endpoint | Listener | typeof NOTHING {
    const source = this.endpoint ?? this.listener ?? NOTHING;
    this.state = 'closed';
    this.endpoint = null;
    this.listener = null;
    this.isEndPending = false;
    this.soon = null;
    source.watcher = null;
    this.reactor.remove(this);
    if (this.timers !== null) for (const timer of [...this.timers]) timer.cancel();
    return source;
  }

  // ---- one visit ----

  /** Due whatever the predicates say. */
  private isReadyAnyway(bits: number): boolean {
    if (this.isEndPending || this.soon !== null || (bits & (FAILED | URGENT)) !== 0) return true;
    return (bits & OPEN) !== 0 && (this.state === 'connecting' || this.state === 'binding');
  }

  private isReadReady(bits: number): boolean {
    return (bits & READABLE) !== 0 && !this.hasEnded && !this.isAcceptPaused;
  }

  private isWriteReady(bits: number): boolean {
    return (bits & (WRITABLE | BROKEN)) !== 0 && !this.hasShutdown;
  }

  private becomeOpen(): number {
    if (this.listener !== null) {
      this.state = 'listening';
      this.address = this.listener.localAddress;
      this.handleListening();
    } else {
      this.state = 'open';
      this.handleConnect();
    }
    return 1;
  }

  private runSoon(): number {
    const due = this.soon!;
    this.soon = null;
    for (const callback of due) if (this.state !== 'closed') callback();
    return due.length;
  }

  private serveRead(): number {
    if (this.isEndPending) return this.serveEnd();
    const source = this.endpoint ?? this.listener;
    if (source === null || !this.isReadReady(source.readiness)) return 0;
    if (this.discardReason !== null) return this.discardInput(this.discardReason);
    // A predicate may close its channel, or receive the end of stream.
    if (!this.readable() || this.state === 'closed') return 0;
    if (this.listener !== null) return this.serveAccept(this.listener);
    if (!this.isEndPending) this.handleRead();
    return this.isEndPending ? 1 + this.serveEnd() : 1;
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
    this.isEndPending = false;
    if (this.discardReason === null) this.handleEnd();
    else this.finish(this.discardReason);
    return 1;
  }

  private discardInput(reason: CloseReason): number {
    if (this.endpoint!.recv(DISCARD_SIZE_BYTES) === END_OF_STREAM) this.finish(reason);
    return 1;
  }

  private serveWrite(): number {
    const { endpoint } = this;
    if (endpoint === null || !this.isWriteReady(endpoint.readiness) || this.state !== 'open') return 0;
    if ((endpoint.readiness & BROKEN) !== 0) return this.serveBroken();
    if (!this.writable() || this.endpoint === null) return 0;
    this.wantsWrite = false;
    this.handleWrite();
    return 1;
  }

  /**
   * What was received before the connection broke is read first. A program that does not read, and waits to send, would
   * wait for ever: it is told at once, and those bytes are dropped, as a failed write is told on Linux.
   */
  private serveBroken(): number {
    if (this.readable() || !this.writable() || this.state === 'closed') return 0;
    return this.fail();
  }

  private serveRest(): number {
    const { endpoint, listener } = this;
    const bits = (endpoint ?? listener)?.readiness ?? 0;
    if ((bits & (URGENT | FAILED)) === 0) return 0;
    if ((bits & FAILED) !== 0) return listener === null ? this.fail() : this.failAccept(listener);
    this.handleExpt();
    // A handler that does not take it loses it: an urgent byte must not come back each turn.
    if (endpoint !== null && (endpoint.readiness & URGENT) !== 0) endpoint.takeUrgent?.();
    return 1;
  }

  private fail(): number {
    const error = (this.endpoint ?? this.listener)!.takeError();
    if (error === null) return 0;
    this.finish(reasonFor(error));
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
