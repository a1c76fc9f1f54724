// The socket map and its turn. A reactor never waits: a driver waits, and calls turn().
// The cost of a turn follows the number of channels in the ready queue, not of all channels.
import { checkDuration, checkFunction, checkInteger, show } from './arguments.js';
import { compactTraceback } from './compact-traceback.js';
import { ArgumentError, passesThrough, StateError } from './errors.js';
import { silent } from './log.js';
import { Loop } from './loop.js';
export class Reactor {
  constructor(options) {
    /** How many channels are registered. */
    this.size = 0;
    this.first = null;
    this.last = null;
    this.queue = [];
    this.batch = [];
    /** @internal Whether a turn is running. */
    this.isTurning = false;
    this.isTurnRequested = false;
    this.activeLoop = null;
    this.transport = options.transport;
    this.clock = options.clock;
    this.driver = options.driver;
    this.order = checkOrder(options.order ?? 'per-channel');
    this.log = options.log ?? silent;
    this.onUncaught = options.onUncaught;
  }
  /** Whether `loop()` is running. */
  get isLooping() {
    return this.activeLoop !== null;
  }
  /** The registered channels, in order of registration. */
  *channels() {
    for (let channel = this.first; channel !== null; channel = channel.nextChannel) {
      if (channel.isInMap) yield channel;
    }
  }
  /** @internal The first registered channel; the next ones follow its links. */
  get firstChannel() {
    return this.first;
  }
  /** @internal The ready queue, in the order of service. */
  get readyQueue() {
    return this.queue;
  }
  /** @internal Registers a channel. */
  add(channel) {
    channel.isInMap = true;
    channel.previousChannel = this.last;
    channel.nextChannel = null;
    if (this.last === null) this.first = channel;
    else this.last.nextChannel = channel;
    this.last = channel;
    this.size += 1;
  }
  /** @internal Takes a channel out of the map. Legal at any time, also in the middle of a turn. */
  remove(channel) {
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
  enqueue(channel) {
    if (!channel.isInReadyQueue) {
      channel.isInReadyQueue = true;
      this.queue.push(channel);
    }
    this.requestTurn();
  }
  /** Asks the driver for a turn, for example after changing what an overridden predicate answers from outside a handler. */
  requestTurn() {
    if (this.isTurning || this.isTurnRequested) return;
    this.isTurnRequested = true;
    this.driver.requestTurn(this);
  }
  /**
   * One pass: calls the handlers of the channels that are ready and whose predicate says yes. Returns how many
   * handlers were called; 0 means that nothing is left to do until readiness or interest changes.
   */
  turn() {
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
  runTurn() {
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
  loop(options = {}) {
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
  stop() {
    this.activeLoop?.stop(this.isTurning);
  }
  /**
   * Closes every channel. All are closed whatever some throw; then the first exception is thrown, unless
   * `ignoreAll` is set. ExitNow and failed assertions are always thrown.
   */
  closeAll(options = {}) {
    let failure;
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
  now() {
    return this.clock.now();
  }
  /** Calls `callback` once after `delayMs`. A timer for one channel is made with the channel's own `callLater`, and dies with it. */
  callLater(delayMs, callback) {
    checkDuration('delayMs', delayMs);
    checkFunction('callback', callback);
    return this.clock.setTimer(delayMs, () => this.runTimer(callback));
  }
  /** Calls `callback` every `intervalMs`, counted from one call to the next, until cancelled. */
  callEvery(intervalMs, callback) {
    checkDuration('intervalMs', intervalMs);
    checkFunction('callback', callback);
    const again = () => {
      timer = this.clock.setTimer(intervalMs, again);
      this.runTimer(callback);
    };
    let timer = this.clock.setTimer(intervalMs, again);
    return { cancel: () => timer.cancel() };
  }
  /** @internal Runs a callback from outside a turn; parked channels are looked at again afterwards. */
  runTimer(callback, channel) {
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
  reportUncaught(error, channel) {
    this.log(`uncaught exception, closing channel ${String(channel)} (${describeException(error)})`, 'error');
    this.onUncaught?.(error, channel);
  }
  serveBatch(batch) {
    if (this.order === 'per-channel') return this.serveAll(batch, 'all');
    if (this.order === 'phased') {
      return this.serveAll(batch, 'read') + this.serveAll(batch, 'write') + this.serveAll(batch, 'rest');
    }
    return this.servePicked(batch, this.order);
  }
  serveAll(batch, phase) {
    let called = 0;
    for (let index = 0; index < batch.length; index += 1) {
      const channel = batch[index];
      if (channel.isInMap) called += this.serveOne(channel, phase);
    }
    return called;
  }
  /** Parked channels are served last: they only have their predicates asked again. */
  servePicked(batch, pick) {
    if (batch.length < 2) return this.serveAll(batch, 'all');
    const due = [];
    const parked = [];
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
  isDue(channel) {
    try {
      return channel.isInMap && channel.isChannelDue();
    } catch (error) {
      if (passesThrough(error)) throw error;
      channel.catchException(error);
      return false;
    }
  }
  serveOne(channel, phase) {
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
  requeue(batch) {
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
function staysQueued(channel) {
  channel.isInReadyQueue = channel.isInMap && channel.isChannelPending();
  return channel.isInReadyQueue;
}
function describeException(error) {
  if (!(error instanceof Error)) return String(error);
  const { type, file, functionName, line } = compactTraceback(error);
  return `${type}: ${error.message}, at ${functionName} (${file}:${line})`;
}
function checkOrder(order) {
  if (order === 'per-channel' || order === 'phased' || typeof order === 'function') return order;
  throw new ArgumentError(
    'ERR_INVALID_ARG_VALUE',
    `order must be per-channel, phased or a function, got ${show(order)}`,
  );
}
