import { ORDER } from '../decisions/label.js';
import { Heap } from './heap.js';
/** How many chains one order decision chooses among at most. */
export const CANDIDATES_MAX = 16;
/** A chain with its next event. */
export class Event {
  constructor(chainId) {
    this.atMs = 0;
    this.sequence = 0;
    this.heapIndex = -1;
    this.chainId = chainId;
  }
  /** @internal Which group of connections the next event belongs to. */
  get group() {
    return null;
  }
  /** @internal The same in every run in which the chain was made for the same reason. */
  get name() {
    return String(this.chainId);
  }
  /** @internal Whether its next event calls no program. */
  get callsNoProgram() {
    return false;
  }
  /** Whether its next event is decided on elsewhere (with the turn it would join), so that order leaves it alone. */
  isSpokenFor() {
    return false;
  }
}
export class Schedule {
  constructor() {
    this.nowMs = 0;
    /** How far apart in time two events may be for order to swap them. */
    this.orderWindowMs = 0;
    /** The event that the one taken last has overtaken, or null. */
    this.overtaken = null;
    /** @internal Whether states are told without the order of what comes at one time. */
    this.ignoresTies = false;
    this.heap = new Heap();
    this.immediate = [];
    this.candidates = [];
    this.sequences = 0;
    this.chainIds = 0;
  }
  nextSequence() {
    this.sequences += 1;
    return this.sequences;
  }
  nextChainId() {
    this.chainIds += 1;
    return this.chainIds;
  }
  /** How many chains have something to do. */
  get pendingCount() {
    return this.immediate.length + this.heap.size;
  }
  /** The time of the next event, or infinity. */
  get nextAtMs() {
    if (this.immediate.length > 0) return this.nowMs;
    return this.heap.size === 0 ? Number.POSITIVE_INFINITY : this.heap.entries[0].atMs;
  }
  /** Puts a chain at the time of its next event, in place of where it stood. */
  place(event, atMs, sequence) {
    if (event.heapIndex >= 0) {
      if (event.atMs === atMs && event.sequence === sequence) return;
      this.heap.remove(event);
    }
    event.atMs = atMs;
    event.sequence = sequence;
    this.heap.push(event);
  }
  /** Takes a chain out: it has nothing to do, or may not. */
  withdraw(event) {
    if (event.heapIndex >= 0) this.heap.remove(event);
  }
  /** Puts a chain before everything else, after what was put there already. */
  placeFirst(event) {
    event.atMs = this.nowMs;
    this.immediate.push(event);
  }
  /** Takes the chain whose event comes next; time moves to it. `mayReorder`: whether order may deviate. */
  take(decisions, mayReorder) {
    const { immediate, heap } = this;
    this.overtaken = null;
    if (mayReorder && immediate.length + heap.size > 1) return this.takeAny(decisions);
    if (immediate.length > 0) return this.takeImmediate(0);
    if (heap.size === 0) return null;
    return this.takeFromHeap(heap.entries[0]);
  }
  /** Every chain with something to do, in order, for messages. */
  pending(limit) {
    const events = [...this.immediate];
    this.heap.collect(events, limit, Number.POSITIVE_INFINITY);
    return events;
  }
  takeAny(decisions) {
    const { candidates, immediate, heap } = this;
    // Emptied by pop: setting the length costs a call into the engine.
    while (candidates.length > 0) candidates.pop();
    for (let index = 0; index < immediate.length; index += 1) candidates.push(immediate[index]);
    const firstAtMs = immediate.length > 0 ? this.nowMs : heap.entries[0].atMs;
    heap.collect(candidates, CANDIDATES_MAX, Math.max(firstAtMs, this.nowMs) + this.orderWindowMs);
    let kept = immediate.length;
    for (let index = kept; index < candidates.length; index += 1) {
      const event = candidates[index];
      if (event.isSpokenFor()) continue;
      candidates[kept] = event;
      kept += 1;
    }
    // All may be spoken for by a host that has no turn to come: its program does not want to read.
    while (candidates.length > Math.max(kept, 1)) candidates.pop();
    const choice = candidates.length > 1 ? decisions.decide(ORDER, candidates.length, candidates) : 0;
    const event = candidates[choice];
    if (choice !== 0) this.overtaken = candidates[0];
    if (event.heapIndex >= 0) return this.takeFromHeap(event);
    return this.takeImmediate(choice);
  }
  takeImmediate(index) {
    const { immediate } = this;
    // Nearly always there is one, and shift and splice are calls into the engine.
    if (immediate.length === 1) return immediate.pop();
    const event = immediate[index];
    for (let place = index + 1; place < immediate.length; place += 1) immediate[place - 1] = immediate[place];
    immediate.pop();
    return event;
  }
  takeFromHeap(event) {
    if (event.atMs > this.nowMs) this.nowMs = event.atMs;
    this.heap.remove(event);
    return event;
  }
}
