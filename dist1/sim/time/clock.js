import { checkDuration, checkFunction, show } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { Heap, isBefore } from './heap.js';
import { Event } from './schedule-queue.js';
/** A host's view of virtual time. Its timers stand in one line, in order, and are one chain of events. */
export class HostClock extends Event {
  constructor(schedule) {
    super(schedule.nextChainId());
    /** @internal The host whose clock it is. */
    this.owner = null;
    this.timers = new Heap();
    this.aheadMs = 0;
    /** @internal While paused, timers wait. */
    this.isPaused = false;
    /** @internal Told after each timer. */
    this.onFired = null;
    this.schedule = schedule;
  }
  /** How far this view is ahead of the simulation's time; negative: behind. Timers do not mind. */
  get offsetMs() {
    return this.aheadMs;
  }
  set offsetMs(offsetMs) {
    if (!Number.isFinite(offsetMs))
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `offsetMs must be a finite number of milliseconds, got ${show(offsetMs)}`,
      );
    this.aheadMs = offsetMs;
  }
  now() {
    return this.schedule.nowMs + this.aheadMs;
  }
  setTimer(delayMs, callback) {
    checkDuration('delayMs', delayMs);
    checkFunction('callback', callback);
    const timer = new HostTimer(this, this.schedule.nowMs + delayMs, this.schedule.nextSequence(), callback);
    this.timers.push(timer);
    this.reschedule();
    return timer;
  }
  /** How many timers are set. */
  get pendingTimers() {
    return this.timers.size;
  }
  fire() {
    if (this.isPaused) return;
    const timer = this.timers.entries[0];
    this.timers.remove(timer);
    this.reschedule();
    timer.callback();
  }
  footprint() {
    return this.owner.footprintAs(this.chainId, this.atMs);
  }
  /** A timer may touch all its host's connections, but for those that tell listeners what came of binding. */
  get group() {
    return this.owner?.bindingsToCome === this.timers.size ? '' : null;
  }
  describe() {
    const what = `the timer of ${this.owner?.name}`;
    return this.timers.size === 0 ? what : `${what} due at ${this.timers.entries[0].atMs} ms`;
  }
  /** @internal Whether two timers are due at one time. */
  get hasTies() {
    const times = this.timers.entries.map((timer) => timer.atMs);
    return new Set(times).size < times.length;
  }
  /** @internal When the timers are due, counted from now, as text. */
  stateText() {
    if (this.timers.size === 0) return '';
    const due = [];
    this.timers.collect(due, this.timers.size, Number.POSITIVE_INFINITY);
    return due.map((timer) => timer.atMs - this.schedule.nowMs).join();
  }
  /** @internal How many timers come before this one. With the times in `stateText` it tells when a timer is due. */
  countBefore(timer) {
    const { ignoresTies } = this.schedule;
    let count = 0;
    for (const other of this.timers.entries)
      if (ignoresTies ? other.atMs < timer.atMs : isBefore(other, timer)) count += 1;
    return count;
  }
  /** @internal */
  drop(timer) {
    this.timers.remove(timer);
    this.reschedule();
  }
  /** @internal Forgets every timer, as a crash does. */
  clear() {
    while (this.timers.size > 0) this.timers.remove(this.timers.entries[0]);
    this.reschedule();
  }
  /** @internal Puts the clock where its next timer is. */
  reschedule() {
    const first = this.timers.entries[0];
    if (first === undefined) this.schedule.withdraw(this);
    else this.schedule.place(this, first.atMs, first.sequence);
  }
}
class HostTimer {
  constructor(clock, atMs, sequence, callback) {
    this.heapIndex = -1;
    this.clock = clock;
    this.atMs = atMs;
    this.sequence = sequence;
    this.callback = callback;
  }
  /** How many timers of its clock come before it. */
  get rank() {
    return this.clock.countBefore(this);
  }
  cancel() {
    if (this.heapIndex >= 0) this.clock.drop(this);
  }
}
