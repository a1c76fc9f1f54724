import type { Chain, Decisions } from '../decisions/decisions.ts';
import type { Footprint } from '../search/footprint.ts';
import { type Queued } from './heap.ts';
/** What an event belongs to: the host whose connect call it follows from, `''` if it touches no connection, null if unknown. */
export type Group = string | null;
/** How many chains one order decision chooses among at most. */
export declare const CANDIDATES_MAX = 16;
/** A chain with its next event. */
export declare abstract class Event implements Queued, Chain {
  atMs: number;
  sequence: number;
  heapIndex: number;
  readonly chainId: number;
  constructor(chainId: number);
  /** Takes the next event of this chain. */
  abstract fire(): void;
  /** The next event in a few words, for traces and messages. */
  abstract describe(): string;
  /** @internal What the next event touches, for telling which events commute. */
  abstract footprint(): Footprint;
  /** @internal Which group of connections the next event belongs to. */
  get group(): Group;
  /** @internal The same in every run in which the chain was made for the same reason. */
  get name(): string;
  /** @internal Whether its next event calls no program. */
  get callsNoProgram(): boolean;
  /** Whether its next event is decided on elsewhere (with the turn it would join), so that order leaves it alone. */
  isSpokenFor(): boolean;
}
export declare class Schedule {
  nowMs: number;
  /** How far apart in time two events may be for order to swap them. */
  orderWindowMs: number;
  /** The event that the one taken last has overtaken, or null. */
  overtaken: Event | null;
  /** @internal Whether states are told without the order of what comes at one time. */
  ignoresTies: boolean;
  private readonly heap;
  private readonly immediate;
  private readonly candidates;
  private sequences;
  private chainIds;
  nextSequence(): number;
  nextChainId(): number;
  /** How many chains have something to do. */
  get pendingCount(): number;
  /** The time of the next event, or infinity. */
  get nextAtMs(): number;
  /** Puts a chain at the time of its next event, in place of where it stood. */
  place(event: Event, atMs: number, sequence: number): void;
  /** Takes a chain out: it has nothing to do, or may not. */
  withdraw(event: Event): void;
  /** Puts a chain before everything else, after what was put there already. */
  placeFirst(event: Event): void;
  /** Takes the chain whose event comes next; time moves to it. `mayReorder`: whether order may deviate. */
  take(decisions: Decisions, mayReorder: boolean): Event | null;
  /** Every chain with something to do, in order, for messages. */
  pending(limit: number): Event[];
  private takeAny;
  private takeImmediate;
  private takeFromHeap;
}
