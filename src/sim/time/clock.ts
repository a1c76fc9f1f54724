import { checkDuration, checkFunction, show } from '../../core/arguments.ts';
import type { Clock, Timer } from '../../core/clock.ts';
import { ArgumentError } from '../../core/errors.ts';
import type { Chain } from '../decisions/decisions.ts';
import type { Footprint } from '../search/footprint.ts';
import { Heap, isBefore, type Queued } from './heap.ts';
import { Event, type Group, type Schedule } from './schedule-queue.ts';

/** A host's view of virtual time. Its timers stand in one line, in order, and are one chain of events. */
export class HostClock extends Event implements Clock, Chain {
  private readonly schedule: Schedule;
  /** @internal The host whose clock it is. */
  owner: {
    readonly name: string;
    footprintAs(chainId: number, atMs: number): Footprint;
    readonly bindingsToCome?: number;
  } | null = null;
  private readonly timers = new Heap<HostTimer>();
  private aheadMs = 0;
  /** @internal While paused, timers wait. */
  isPaused = false;
  /** @internal Told after each timer. */
  onFired: (() => void) | null = null;

  constructor(schedule: Schedule) {
    super(schedule.nextChainId());
    this.schedule = schedule;
  }

  /** How far this view is ahead of the simulation's time; negative: behind. Timers do not mind. */
  get offsetMs(): number {
    return this.aheadMs;
  }

  set offsetMs(offsetMs: number) {
    if (!Number.isFinite(offsetMs))
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `offsetMs must be a finite number of milliseconds, got ${show(offsetMs)}`,
      );
    this.aheadMs = offsetMs;
  }

  now(): number {
    return this.schedule.nowMs + this.aheadMs;
  }

  setTimer(delayMs: number, callback: () => void): Timer {
    checkDuration('delayMs', delayMs);
    checkFunction('callback', callback);
    const timer = new HostTimer(this, this.schedule.nowMs + delayMs, this.schedule.nextSequence(), callback);
    this.timers.push(timer);
    this.reschedule();
    return timer;
  }

  /** How many timers are set. */
  get pendingTimers(): number {
    return this.timers.size;
  }

  override fire(): void {
    if (this.isPaused) return;
    const timer = this.timers.entries[0];
    this.timers.remove(timer);
    this.reschedule();
    timer.callback();
  }

  override footprint(): Footprint {
    return this.owner!.footprintAs(this.chainId, this.atMs);
  }

  /** A timer may touch all its host's connections, but for those that tell listeners what came of binding. */
  override get group(): Group {
    return this.owner?.bindingsToCome === this.timers.size ? '' : null;
  }

  override describe(): string {
    const what = `the timer of ${this.owner?.name}`;
    return this.timers.size === 0 ? what : `${what} due at ${this.timers.entries[0].atMs} ms`;
  }

  /** @internal Whether two timers are due at one time. */
  get hasTies(): boolean {
    const times = this.timers.entries.map((timer) => timer.atMs);
    return new Set(times).size < times.length;
  }

  /** @internal When the timers are due, counted from now, as text. */
  stateText(): string {
    if (this.timers.size === 0) return '';
    const due: HostTimer[] = [];
    this.timers.collect(due, this.timers.size, Number.POSITIVE_INFINITY);
    return due.map((timer) => timer.atMs - this.schedule.nowMs).join();
  }

  /** @internal How many timers come before this one. With the times in `stateText` it tells when a timer is due. */
  countBefore(timer: Queued): number {
    const { ignoresTies } = this.schedule;
    let count = 0;
    for (const other of this.timers.entries)
      if (ignoresTies ? other.atMs < timer.atMs : isBefore(other, timer)) count += 1;
    return count;
  }

  /** @internal */
  drop(timer: HostTimer): void {
    this.timers.remove(timer);
    this.reschedule();
  }

  /** @internal Forgets every timer, as a crash does. */
  clear(): void {
    while (this.timers.size > 0) this.timers.remove(this.timers.entries[0]);
    this.reschedule();
  }

  /** @internal Puts the clock where its next timer is. */
  reschedule(): void {
    const first = this.timers.entries[0];
    if (first === undefined) this.schedule.withdraw(this);
    else this.schedule.place(this, first.atMs, first.sequence);
  }
}

class HostTimer implements Timer, Queued {
  heapIndex = -1;
  readonly atMs: number;
  readonly sequence: number;
  readonly callback: () => void;
  private readonly clock: HostClock;

  constructor(clock: HostClock, atMs: number, sequence: number, callback: () => void) {
    this.clock = clock;
    this.atMs = atMs;
    this.sequence = sequence;
    this.callback = callback;
  }

  /** How many timers of its clock come before it. */
  get rank(): number {
    return this.clock.countBefore(this);
  }

  cancel(): void {
    if (this.heapIndex >= 0) this.clock.drop(this);
  }
}
