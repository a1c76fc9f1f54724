// The socket map and its turn. A reactor never waits: a driver waits, and calls turn().
// The cost of a turn follows the number of channels in the ready queue, not of all channels.
import {
  checkBoolean,
  checkDuration,
  checkFunction,
  checkInteger,
  checkOptions,
  show,
  wrongType,
} from './arguments.ts';
import type { Channel, Phase } from './channel.ts';
import type { Clock, Timer } from './clock.ts';
import { compactTraceback } from './compact-traceback.ts';
import { ArgumentError, passesThrough, StateError } from './errors.ts';
import { type Log, silent } from './log.ts';
import { Loop, type LoopOptions } from './loop.ts';
import { tellThrown } from './thrown.ts';
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

export class Reactor {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  /** How many channels are registered. */
  size = 0;
  private readonly driver: Driver;
  private readonly order: TurnOrder;
  private readonly onUncaught: ((error: unknown, channel: Channel) => void) | undefined;
  private first: Channel | null = null;
  private last: Channel | null = null;
  private queue: Channel[] = [];
  private batch: Channel[] = [];
  /** @internal Whether a turn is running. */
  isTurning = false;
  private isTurnRequested = false;
  private activeLoop: Loop | null = null;

  constructor(options: ReactorOptions) {
    checkReactorOptions(options);
    this.transport = options.transport;
    this.clock = options.clock;
    this.driver = options.driver;
    this.order = checkOrder(options.order === undefined ? 'per-channel' : options.order);
    this.log = options.log ?? silent;
    this.onUncaught = options.onUncaught;
  }

  /** Whether `loop()` is running. */
  get isLooping(): boolean {
    return this.activeLoop !== null;
  }

  /** The registered channels, in order of registration. */
  *channels(): IterableIterator<Channel> {
    for (let channel = this.first; channel !== null; channel = channel.nextChannel) {
      if (channel.isInMap) yield channel;
    }
  }

  /** @internal The first registered channel; the next ones follow its links. */
  get firstChannel(): Channel | null {
    return this.first;
  }

  /** @internal The ready queue, in the order of service. */
  get readyQueue(): readonly Channel[] {
    return this.queue;
  }

  /** @internal Registers a channel. */
  add(channel: Channel): void {
    channel.isInMap = true;
    channel.previousChannel = this.last;
    channel.nextChannel = null;
    if (this.last === null) this.first = channel;
    else this.last.nextChannel = channel;
    this.last = channel;
    this.size += 1;
  }

  /** @internal Takes a channel out of the map. Legal at any time, also in the middle of a turn. */
  remove(channel: Channel): void {
    if (!channel.isInMap) return;
    channel.isInMap = false;
    const { previousChannel, nextChannel } = channel;
    if (previousChannel === null) this.first = nextChannel;
    else previousChannel.nextChannel = nextChannel;
    if (nextChannel === null) this.last = previousChannel;
    else nextChannel.previousChannel = previousChannel;
    this.size -= 1;
    if (this.activeLoop !== null) this.requestTurn();
  }

  /** @internal Something about this channel's readiness or interest has changed: look at it in the next turn. */
  enqueue(channel: Channel): void {
    if (!channel.isInReadyQueue) {
      channel.isInReadyQueue = true;
      this.queue.push(channel);
    }
    this.requestTurn();
  }

  /** Asks the driver for a turn, for example after changing what an overridden predicate answers from outside a handler. */
  requestTurn(): void {
    if (this.isTurning || this.isTurnRequested) return;
    this.isTurnRequested = true;
    this.driver.requestTurn(this);
  }

  /**
   * One pass: calls the handlers of the channels that are ready and whose predicate says yes. Returns how many
   * handlers were called; 0 means that nothing is left to do until readiness or interest changes.
   */
  turn(): number {
    if (this.isTurning)
      throw new StateError('ERR_TURN_RUNNING', 'turn() was called from a handler; return from it instead');
    this.isTurnRequested = false;
    const { queue } = this;
    this.queue = this.batch;
    this.batch = queue;
    this.isTurning = true;
    let called = 0;
    let hasProgressed = true;
    try {
      called = this.serveBatch(queue);
      // A predicate alone may have woken another channel.
      hasProgressed = called > 0 || this.queue.length > 0;
    } finally {
      this.requeue(queue);
      this.isTurning = false;
      if (hasProgressed && this.queue.length > 0) this.requestTurn();
    }
    this.activeLoop?.afterTurn();
    return called;
  }

  /** For drivers: a turn whose ExitNow or assertion rejects the running `loop()`, and is thrown without one. */
  runTurn(): number {
    try {
      return this.turn();
    } catch (error) {
      if (this.activeLoop === null) throw error;
      this.activeLoop.fail(error);
      return 0;
    }
  }

  /**
   * Lets the driver turn until no channel is registered, `count` turns are done, `stop()` is called, or `signal`
   * aborts. Rejects with what a handler threw to leave the loop (ExitNow, a failed assertion) or the abort reason.
   */
  loop(options: LoopOptions = {}): Promise<void> {
    if (this.activeLoop !== null) {
      throw new StateError('ERR_LOOP_RUNNING', 'loop() is already running on this reactor; stop() it first');
    }
    const loop = new Loop(this, options, () => {
      this.activeLoop = null;
    });
    if (!loop.isOver) {
      this.activeLoop = loop;
      this.isTurnRequested = false;
      this.requestTurn();
    }
    return loop.finished;
  }

  /** Ends a running `loop()`: after the turn under way, or at once outside a turn. Closes nothing. Idempotent. */
  stop(): void {
    this.activeLoop?.stop(this.isTurning);
  }

  /**
   * Closes every channel. All are closed whatever some throw; then the first exception is thrown, unless
   * `ignoreAll` is set. ExitNow and failed assertions are always thrown.
   */
  closeAll(options: { readonly ignoreAll?: boolean } = {}): void {
    checkOptions('options', options);
    if (options.ignoreAll !== undefined) checkBoolean('ignoreAll', options.ignoreAll);
    let failure: { readonly error: unknown } | undefined;
    for (const channel of [...this.channels()]) {
      try {
        channel.close();
      } catch (error) {
        this.remove(channel);
        if (failure === undefined || (passesThrough(error) && !passesThrough(failure.error)))
          failure = { error };
      }
    }
    if (failure !== undefined && (options.ignoreAll !== true || passesThrough(failure.error)))
      throw failure.error;
  }

  /** Milliseconds on the reactor's clock. */
  now(): number {
    return this.clock.now();
  }

  /** Calls `callback` once after `delayMs`. A timer for one channel is made with the channel's own `callLater`, and dies with it. */
  callLater(delayMs: number, callback: () => void): Timer {
    checkDuration('delayMs', delayMs);
    checkFunction('callback', callback);
    return this.clock.setTimer(delayMs, () => this.runTimer(callback));
  }

  /** Calls `callback` every `intervalMs`, counted from one call to the next, until cancelled. */
  callEvery(intervalMs: number, callback: () => void): Timer {
    checkDuration('intervalMs', intervalMs);
    checkFunction('callback', callback);
    const again = (): void => {
      timer = this.clock.setTimer(intervalMs, again);
      this.runTimer(callback);
    };
    let timer = this.clock.setTimer(intervalMs, again);
    return { cancel: () => timer.cancel() };
  }

  /** @internal Runs a callback from outside a turn; parked channels are looked at again afterwards. */
  runTimer(callback: () => void, channel?: Channel): void {
    try {
      callback();
    } catch (error) {
      if (channel !== undefined && !passesThrough(error)) channel.catchException(error);
      else if (this.activeLoop !== null) this.activeLoop.fail(error);
      else throw error;
    }
    if (this.queue.length > 0) this.requestTurn();
  }

  /** @internal An exception that no handleError took. */
  reportUncaught(error: unknown, channel: Channel): void {
    this.log(`uncaught exception, closing channel ${String(channel)} (${describeException(error)})`, 'error');
    this.onUncaught?.(error, channel);
  }

  private serveBatch(batch: Channel[]): number {
    if (this.order === 'per-channel') return this.serveAll(batch, 'all');
    if (this.order === 'phased') {
      return this.serveAll(batch, 'read') + this.serveAll(batch, 'write') + this.serveAll(batch, 'rest');
    }
    return this.servePicked(batch, this.order);
  }

  private serveAll(batch: Channel[], phase: Phase): number {
    let called = 0;
    for (let index = 0; index < batch.length; index += 1) {
      const channel = batch[index];
      if (channel.isInMap) called += this.serveOne(channel, phase);
    }
    return called;
  }

  /** Parked channels are served last: they only have their predicates asked again. */
  private servePicked(batch: Channel[], pick: (dueCount: number, due: readonly Channel[]) => number): number {
    if (batch.length < 2) return this.serveAll(batch, 'all');
    const due: Channel[] = [];
    const parked: Channel[] = [];
    for (const channel of batch) (this.isDue(channel) ? due : parked).push(channel);
    let called = 0;
    while (due.length > 0) {
      const index =
        due.length > 1 ? checkInteger('what order() returned', pick(due.length, due), 0, due.length - 1) : 0;
      const [channel] = due.splice(index, 1);
      if (channel.isInMap) called += this.serveOne(channel, 'all');
    }
    return called + this.serveAll(parked, 'all');
  }

  /** A predicate that throws does so as if it had been asked while the channel was served. */
  private isDue(channel: Channel): boolean {
    try {
      return channel.isInMap && channel.isChannelDue();
    } catch (error) {
      if (passesThrough(error)) throw error;
      channel.catchException(error);
      return false;
    }
  }

  private serveOne(channel: Channel, phase: Phase): number {
    try {
      return channel.serveChannel(phase);
    } catch (error) {
      if (passesThrough(error)) throw error;
      channel.catchException(error);
      return 1;
    }
  }

  /**
   * What is still ready goes back in front of what became ready during the turn. Who would only be passed by, having no
   * interest in what it is ready for, is left out until that changes.
   */
  private requeue(batch: Channel[]): void {
    const newcomers = this.queue;
    let kept = 0;
    for (let index = 0; index < batch.length; index += 1) {
      const channel = batch[index];
      if (!staysQueued(channel)) continue;
      batch[kept] = channel;
      kept += 1;
    }
    while (batch.length > kept) batch.pop();
    for (let index = 0; index < newcomers.length; index += 1) {
      if (staysQueued(newcomers[index])) batch.push(newcomers[index]);
    }
    while (newcomers.length > 0) newcomers.pop();
    this.queue = batch;
    this.batch = newcomers;
  }
}

function staysQueued(channel: Channel): boolean {
  channel.isInReadyQueue = channel.isInMap && channel.isChannelPending();
  return channel.isInReadyQueue;
}

function describeException(error: unknown): string {
  try {
    if (!(error instanceof Error)) return tellThrown(error);
    const { type, file, functionName, line } = compactTraceback(error);
    return `${type}: ${error.message}, at ${functionName} (${file}:${line})`;
  } catch {
    return tellThrown(error);
  }
}

function checkReactorOptions(options: ReactorOptions): void {
  checkOptions('options', options);
  const { transport, clock, driver, log, onUncaught } = options;
  if (typeof transport?.connect !== 'function') throw wrongType('transport', transport, 'a Transport');
  if (typeof clock?.setTimer !== 'function') throw wrongType('clock', clock, 'a Clock');
  if (typeof driver?.requestTurn !== 'function') throw wrongType('driver', driver, 'a Driver');
  if (log !== undefined) checkFunction('log', log);
  if (onUncaught !== undefined) checkFunction('onUncaught', onUncaught);
}

function checkOrder(order: TurnOrder): TurnOrder {
  if (order === 'per-channel' || order === 'phased' || typeof order === 'function') return order;
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `order must be per-channel, phased or a function, got ${show(order)}`,
  );
}
