import type { Clock, Timer } from '../../core/clock.ts';
import type { Chain } from '../decisions/decisions.ts';
import type { Footprint } from '../search/footprint.ts';
import { type Queued } from './heap.ts';
import { Event, type Group, type Schedule } from './schedule-queue.ts';
/** A host's view of virtual time. Its timers stand in one line, in order, and are one chain of events. */
export declare class HostClock extends Event implements Clock, Chain {
  private readonly schedule;
  /** @internal The host whose clock it is. */
  owner: {
    readonly name: string;
    footprintAs(chainId: number, atMs: number): Footprint;
    readonly bindingsToCome?: number;
  } | null;
  private readonly timers;
  private aheadMs;
  /** @internal While paused, timers wait. */
  isPaused: boolean;
  /** @internal Told after each timer. */
  onFired: (() => void) | null;
  constructor(schedule: Schedule);
  /** How far this view is ahead of the simulation's time; negative: behind. Timers do not mind. */
  get offsetMs(): number;
  set offsetMs(offsetMs: number);
  now(): number;
  setTimer(delayMs: number, callback: () => void): Timer;
  /** How many timers are set. */
  get pendingTimers(): number;
  fire(): void;
  footprint(): Footprint;
  /** A timer may touch all its host's connections, but for those that tell listeners what came of binding. */
  get group(): Group;
  describe(): string;
  /** @internal Whether two timers are due at one time. */
  get hasTies(): boolean;
  /** @internal When the timers are due, counted from now, as text. */
  stateText(): string;
  /** @internal How many timers come before this one. With the times in `stateText` it tells when a timer is due. */
  countBefore(timer: Queued): number;
  /** @internal */
  drop(timer: HostTimer): void;
  /** @internal Forgets every timer, as a crash does. */
  clear(): void;
  /** @internal Puts the clock where its next timer is. */
  reschedule(): void;
}
declare class HostTimer implements Timer, Queued {
  heapIndex: number;
  readonly atMs: number;
  readonly sequence: number;
  readonly callback: () => void;
  private readonly clock;
  constructor(clock: HostClock, atMs: number, sequence: number, callback: () => void);
  /** How many timers of its clock come before it. */
  get rank(): number;
  cancel(): void;
}
