import type { Channel } from './channel.ts';
import type { Clock, Timer } from './clock.ts';
import { type Log } from './log.ts';
import { type LoopOptions } from './loop.ts';
import type { Transport } from './transport.ts';
/** What waits and calls `turn()`. */
export interface Driver {
  /** Asks for one turn soon, never from within this call unless it stands at the end of an I/O event. */
  requestTurn(reactor: Reactor): void;
}
/**
 * In which order the ready channels of one turn are served.
 *
 * `per-channel`: read, then write, then the rest, channel after channel (asyncore's poll2). `phased`: all reads,
 * then all writes, then the rest (asyncore's poll). A function is `per-channel` with a choice: given how many
 * channels are due, 2 or more, and which, it says which comes next, from 0 (included) to that number (excluded).
 */
export type TurnOrder = 'per-channel' | 'phased' | ((dueCount: number, due: readonly Channel[]) => number);
export interface ReactorOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly driver: Driver;
  /** Default `per-channel`: one visit a channel. */
  readonly order?: TurnOrder;
  /** Default: nothing is logged. */
  readonly log?: Log;
  /** Told of each exception of a handler that no `handleError` override took, after its channel was closed. */
  readonly onUncaught?: (error: unknown, channel: Channel) => void;
}
export declare class Reactor {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  /** How many channels are registered. */
  size: number;
  private readonly driver;
  private readonly order;
  private readonly onUncaught;
  private first;
  private last;
  private queue;
  private batch;
  /** @internal Whether a turn is running. */
  isTurning: boolean;
  private isTurnRequested;
  private activeLoop;
  constructor(options: ReactorOptions);
  /** Whether `loop()` is running. */
  get isLooping(): boolean;
  /** The registered channels, in order of registration. */
  channels(): IterableIterator<Channel>;
  /** @internal The first registered channel; the next ones follow its links. */
  get firstChannel(): Channel | null;
  /** @internal The ready queue, in the order of service. */
  get readyQueue(): readonly Channel[];
  /** @internal Registers a channel. */
  add(channel: Channel): void;
  /** @internal Takes a channel out of the map. Legal at any time, also in the middle of a turn. */
  remove(channel: Channel): void;
  /** @internal Something about this channel's readiness or interest has changed: look at it in the next turn. */
  enqueue(channel: Channel): void;
  /** Asks the driver for a turn, for example after changing what an overridden predicate answers from outside a handler. */
  requestTurn(): void;
  /**
   * One pass: calls the handlers of the channels that are ready and whose predicate says yes. Returns how many
   * handlers were called; 0 means that nothing is left to do until readiness or interest changes.
   */
  turn(): number;
  /** For drivers: a turn whose ExitNow or assertion rejects the running `loop()`, and is thrown without one. */
  runTurn(): number;
  /**
   * Lets the driver turn until no channel is registered, `count` turns are done, `stop()` is called, or `signal`
   * aborts. Rejects with what a handler threw to leave the loop (ExitNow, a failed assertion) or the abort reason.
   */
  loop(options?: LoopOptions): Promise<void>;
  /** Ends a running `loop()`: after the turn under way, or at once outside a turn. Closes nothing. Idempotent. */
  stop(): void;
  /**
   * Closes every channel. All are closed whatever some throw; then the first exception is thrown, unless
   * `ignoreAll` is set. ExitNow and failed assertions are always thrown.
   */
  closeAll(options?: { readonly ignoreAll?: boolean }): void;
  /** Milliseconds on the reactor's clock. */
  now(): number;
  /** Calls `callback` once after `delayMs`. A timer for one channel is made with the channel's own `callLater`, and dies with it. */
  callLater(delayMs: number, callback: () => void): Timer;
  /** Calls `callback` every `intervalMs`, counted from one call to the next, until cancelled. */
  callEvery(intervalMs: number, callback: () => void): Timer;
  /** @internal Runs a callback from outside a turn; parked channels are looked at again afterwards. */
  runTimer(callback: () => void, channel?: Channel): void;
  /** @internal An exception that no handleError took. */
  reportUncaught(error: unknown, channel: Channel): void;
  private serveBatch;
  private serveAll;
  /** Parked channels are served last: they only have their predicates asked again. */
  private servePicked;
  /** A predicate that throws does so as if it had been asked while the channel was served. */
  private isDue;
  private serveOne;
  /**
   * What is still ready goes back in front of what became ready during the turn. Who would only be passed by, having no
   * interest in what it is ready for, is left out until that changes.
   */
  private requeue;
}
