// What may happen next. Each chain of events (a connection's direction, a host's timers, a host's turn) stands
// in here at most once, with its next event; chains are ordered by time, then by insertion.
import type { Chain, Decisions } from '../decisions/decisions.ts';
import { type Label, ORDER } from '../decisions/label.ts';
import type { Footprint } from '../search/footprint.ts';
import { FEW, Heap, isBefore, type Queued } from './heap.ts';

/** What an event belongs to: the host whose connect call it follows from, `''` if it touches no connection, null if unknown. */
export type Group = string | null;

/** How many chains one order decision chooses among at most. */
export const CANDIDATES_MAX = 16;

/** A chain with its next event. */
export abstract class Event implements Queued, Chain {
  atMs = 0;
  sequence = 0;
  heapIndex = -1;
  taken = 0;
  readonly chainId: number;

  constructor(chainId: number) {
    this.chainId = chainId;
  }

  /** Takes the next event of this chain. */
  abstract fire(): void;

  /** The next event in a few words, for traces and messages. */
  abstract describe(): string;

  /** @internal What the next event touches, for telling which events commute. */
  abstract footprint(): Footprint;

  /** @internal Which group of connections the next event belongs to. */
  get group(): Group {
    return null;
  }

  /** @internal The same in every run in which the chain was made for the same reason. */
  get name(): string {
    return String(this.chainId);
  }

  /** @internal How many bytes have gone by as a decision of this family counts them; -1 of what carries none. */
  bytesBefore(_label: Label): number {
    return -1;
  }

  /** @internal Which of its events comes next, in a way that does not change if the ones before came in fewer pieces, or more. */
  get nextName(): string {
    return `#${this.taken}`;
  }

  /** @internal Whether its next event calls no program. */
  get callsNoProgram(): boolean {
    return false;
  }

  /** Whether its next event is decided on elsewhere (with the turn it would join), so that order leaves it alone. */
  isSpokenFor(): boolean {
    return false;
  }
}

export class Schedule {
  nowMs = 0;
  /** How far apart in time two events may be for order to swap them. */
  orderWindowMs = 0;
  /** The event that the one taken last has overtaken, or null. */
  overtaken: Event | null = null;
  /** @internal Told of each order decision, before what was chosen happens. */
  onOrder: ((candidates: readonly Event[], choice: number) => void) | null = null;
  /** @internal Whether states are told without the order of what comes at one time. */
  ignoresTies = false;
  private readonly heap = new Heap<Event>();
  private readonly immediate: Event[] = [];
  private readonly candidates: Event[] = [];
  private sequences = 0;
  private chainIds = 0;

  nextSequence(): number {
    this.sequences += 1;
    return this.sequences;
  }

  nextChainId(): number {
    this.chainIds += 1;
    return this.chainIds;
  }

  /** How many chains have something to do. */
  get pendingCount(): number {
    return this.immediate.length + this.heap.size;
  }

  /** The time of the next event, or infinity. */
  get nextAtMs(): number {
    if (this.immediate.length > 0) return this.nowMs;
    return this.heap.size === 0 ? Number.POSITIVE_INFINITY : this.heap.entries[0].atMs;
  }

  /** Puts a chain at the time of its next event, in place of where it stood. */
  place(event: Event, atMs: number, sequence: number): void {
    if (event.heapIndex >= 0) {
      if (event.atMs === atMs && event.sequence === sequence) return;
      this.heap.remove(event);
    }
    event.atMs = atMs;
    event.sequence = sequence;
    this.heap.push(event);
  }

  /** Takes a chain out: it has nothing to do, or may not. */
  withdraw(event: Event): void {
    if (event.heapIndex >= 0) this.heap.remove(event);
  }

  /** Puts a chain before everything else, after what was put there already. */
  placeFirst(event: Event): void {
    event.atMs = this.nowMs;
    this.immediate.push(event);
  }

  /** Takes the chain whose event comes next; time moves to it. `mayReorder`: whether order may deviate. */
  take(decisions: Decisions, mayReorder: boolean): Event | null {
    const { immediate, heap } = this;
    this.overtaken = null;
    if (mayReorder && immediate.length + heap.size > 1) return this.takeAny(decisions);
    if (immediate.length > 0) return this.takeImmediate(0);
    if (heap.size === 0) return null;
    return this.takeFromHeap(heap.entries[0]);
  }

  /** Every chain with something to do, in order, for messages. */
  pending(limit: number): Event[] {
    const events = [...this.immediate];
    this.heap.collect(events, limit, Number.POSITIVE_INFINITY);
    return events;
  }

  private takeAny(decisions: Decisions): Event {
    const { candidates, immediate, heap } = this;
    const firstAtMs = immediate.length > 0 ? this.nowMs : heap.entries[0].atMs;
    const count = this.gather(Math.max(firstAtMs, this.nowMs) + this.orderWindowMs);
    // All may be spoken for by a host that has no turn to come: its program does not want to read.
    if (count === 0) return this.takeFromHeap(heap.entries[0]);
    const choice = count > 1 ? decisions.decide(ORDER, count, candidates) : 0;
    const event = candidates[choice];
    if (candidates.length > 1) this.onOrder?.(candidates, choice);
    if (choice !== 0) this.overtaken = candidates[0];
    if (event.heapIndex >= 0) return this.takeFromHeap(event);
    return this.takeImmediate(choice);
  }

  /** Fills `candidates` with what may come first, in order, and returns how many these are. */
  private gather(untilMs: number): number {
    const { candidates, immediate } = this;
    const { entries } = this.heap;
    // By place, over the candidates before: to empty the array and push costs more than all the rest.
    for (let index = 0; index < immediate.length; index += 1) candidates[index] = immediate[index];
    if (immediate.length + entries.length > FEW) return this.gatherMany(untilMs);
    let count = immediate.length;
    for (let index = 0; index < entries.length; index += 1) {
      const event = entries[index];
      if (event.atMs > untilMs || event.isSpokenFor()) continue;
      let place = count;
      for (; place > immediate.length && isBefore(event, candidates[place - 1]); place -= 1)
        candidates[place] = candidates[place - 1];
      candidates[place] = event;
      count += 1;
    }
    return this.cutCandidates(count);
  }

  private gatherMany(untilMs: number): number {
    const { candidates, immediate } = this;
    let count = this.cutCandidates(immediate.length);
    this.heap.collect(candidates, CANDIDATES_MAX, untilMs);
    for (let index = count; index < candidates.length; index += 1) {
      const event = candidates[index];
      if (event.isSpokenFor()) continue;
      candidates[count] = event;
      count += 1;
    }
    return this.cutCandidates(count);
  }

  /** Emptied by pop: setting the length costs a call into the engine. */
  private cutCandidates(count: number): number {
    while (this.candidates.length > count) this.candidates.pop();
    return count;
  }

  private takeImmediate(index: number): Event {
    const { immediate } = this;
    const event = immediate[index];
    // There are few, and shift and splice are calls into the engine.
    for (let place = index + 1; place < immediate.length; place += 1) immediate[place - 1] = immediate[place];
    immediate.pop();
    event.taken += 1;
    return event;
  }

  private takeFromHeap(event: Event): Event {
    if (event.atMs > this.nowMs) this.nowMs = event.atMs;
    this.heap.remove(event);
    event.taken += 1;
    return event;
  }
}
