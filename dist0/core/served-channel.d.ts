import type { Address } from './address.ts';
import type { Channel, Phase } from './channel.ts';
import type { ChannelTimer } from './channel-timer.ts';
import { type CloseReason } from './close-reason.ts';
import { type TransportError } from './errors.ts';
import type { Reactor } from './reactor.ts';
import { type Endpoint, type Listener } from './transport.ts';
/** `idle` → `connecting` → `open` → `closed`, or `idle` → `binding` → `listening` → `closed`. */
export type ChannelState = 'idle' | 'connecting' | 'open' | 'binding' | 'listening' | 'closed';
/** How long a listener rests after an accept that failed, for want of descriptors say. */
export declare const ACCEPT_PAUSE_MS = 100;
export declare abstract class ServedChannel implements Channel {
  readonly reactor: Reactor;
  channelState: ChannelState;
  /** The address connected to, accepted from, or bound; null before. It stays readable after close. */
  address: Address | null;
  /** How many waiting connections a listener accepts in one turn, at most. Default 1, as in asyncore. */
  acceptsPerTurn: number;
  /** @internal */ previousChannel: Channel | null;
  /** @internal */ nextChannel: Channel | null;
  /** @internal */ isInMap: boolean;
  /** @internal */ isInReadyQueue: boolean;
  /** @internal */ protected ownEndpoint: Endpoint | null;
  /** @internal */ protected ownListener: Listener | null;
  /** @internal */ protected wantsRead: boolean;
  /** @internal */ protected wantsWrite: boolean;
  /** @internal */ protected hasEndOfStream: boolean;
  /** @internal */ protected isEndDue: boolean;
  /** @internal */ protected hasShutdownWrite: boolean;
  /** @internal */ protected ownTimers: Set<ChannelTimer> | null;
  private asksReadable;
  private asksWritable;
  private isAcceptPaused;
  /** Set while a lingering close drops input: the reason it ends with. */
  private discardReason;
  private dueSoon;
  constructor(reactor: Reactor);
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
  stateText(): string;
  /** @internal */
  get channelSource(): Endpoint | Listener | null;
  /** @internal */
  onReadiness(): void;
  /** @internal */
  serveChannel(phase: Phase): number;
  /** @internal */
  isChannelDue(): boolean;
  /** @internal */
  isChannelPending(): boolean;
  /** @internal */
  catchException(error: unknown): void;
  /** @internal An overridden predicate has to be asked each turn while its channel is ready; the flags tell by themselves. */
  protected askPredicates(asksReadable: boolean, asksWritable: boolean): void;
  /** Whether the peer's end of stream was received. */
  protected get hasReceivedEnd(): boolean;
  /** Ends the channel with a reason: closes it, then calls `handleClose`. Does nothing if it is closed. */
  protected finishChannel(reason: CloseReason): void;
  /**
   * Ends the channel with a reason after all input was dropped: sends the end of stream, discards what arrives
   * until the peer's end of stream or for `lingerMs`, then `finish(reason)`. No other handler is called meanwhile.
   */
  protected lingerChannel(reason: CloseReason, lingerMs: number): void;
  abstract callLater(delayMs: number, callback: () => void): unknown;
  /** Calls `callback` from the loop, in the channel's next turn, unless it is closed before. */
  protected callSoon(callback: () => void): void;
  /** @internal Watches `source`, and joins the map. */
  protected registerSource(source: Endpoint | Listener): void;
  /** @internal Leaves the map for good, and gives back what has to be closed. */
  protected releaseSource(): Endpoint | Listener | typeof NOTHING;
  /** Due whatever the predicates say. */
  private isReadyAnyway;
  private isReadReady;
  private isWriteReady;
  private becomeOpen;
  private runSoon;
  private serveRead;
  private serveAccept;
  private serveEnd;
  private discardInput;
  private serveWrite;
  /**
   * What was received before the connection broke is read first. A program that does not read, and waits to send, would
   * wait for ever: it is told at once, and those bytes are dropped, as a failed write is told on Linux.
   */
  private serveBroken;
  private serveRest;
  private failChannel;
  private failAccept;
}
/** Stands for the source of a channel that has none. */
export declare const NOTHING: {
  watcher: null;
  close(): void;
};
