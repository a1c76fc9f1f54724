import { CLOSE, ORDER, RESET } from '../decisions/label.js';
import { areIndependent } from './footprint.js';
/** An odometer over every schedule but those that differ from an earlier one only by swapping independent events. */
export class SleepStrategy {
  constructor() {
    /** Runs that ended because all that could come was asleep. */
    this.blocked = 0;
    this.choices = [];
    this.arities = [];
    this.points = [];
    this.depth = 0;
    this.sleeping = [];
    this.isBlocked = false;
    this.reads = null;
    this.mayKill = false;
  }
  begin() {
    this.depth = 0;
    this.sleeping = [];
    this.isBlocked = false;
    this.reads = null;
  }
  choose(label, arity, chains) {
    const { depth } = this;
    this.depth = depth + 1;
    if (depth === this.choices.length) this.addPoint(label, arity, chains);
    const point = this.points[depth];
    if (point !== null) for (const footprint of point.done) this.fallAsleep(footprint);
    return this.choices[depth];
  }
  /** Before each step of a run: false if it leads nowhere new. */
  goesOn(sim) {
    this.reads ??= sim.invariants.map(({ reads }) =>
      reads === null ? null : new Set(reads.map((host) => host.name)),
    );
    this.mayKill = (sim.network.mask & ((1 << RESET.index) | (1 << CLOSE.index))) !== 0;
    if (this.isBlocked) this.blocked += 1;
    return !this.isBlocked;
  }
  /** When an event was taken: wakes what depends on it. */
  onTaken(event) {
    if (this.sleeping.length === 0) return;
    const taken = event.footprint();
    if (this.sleeping.some(({ chainId }) => chainId === taken.chainId)) this.isBlocked = true;
    const reads = this.reads ?? [];
    this.sleeping = this.sleeping.filter((other) => areIndependent(other, taken, reads, this.mayKill));
  }
  /** After a run: moves on. False when nothing is left. */
  advance() {
    while (this.choices.length > 0) {
      const last = this.choices.length - 1;
      const next = this.nextChoice(last);
      if (next < this.arities[last]) {
        this.choices[last] = next;
        return true;
      }
      this.choices.pop();
      this.arities.pop();
      this.points.pop();
    }
    return false;
  }
  addPoint(label, arity, chains) {
    this.arities.push(arity);
    if (label !== ORDER || chains === null) {
      this.choices.push(0);
      this.points.push(null);
      return;
    }
    const candidates = chains.slice(0, arity).map((chain) => chain.footprint());
    const asleep = new Set(this.sleeping.map(({ chainId }) => chainId));
    this.points.push({ candidates, asleep, done: [] });
    const first = candidates.findIndex(({ chainId }) => !asleep.has(chainId));
    // All asleep: what comes is explored elsewhere; onTaken notices and ends the run.
    this.choices.push(Math.max(first, 0));
  }
  nextChoice(index) {
    const point = this.points[index];
    let choice = this.choices[index] + 1;
    if (point === null) return choice;
    point.done.push(point.candidates[this.choices[index]]);
    while (choice < point.candidates.length && point.asleep.has(point.candidates[choice].chainId))
      choice += 1;
    return choice;
  }
  fallAsleep(footprint) {
    if (!this.sleeping.some(({ chainId }) => chainId === footprint.chainId)) this.sleeping.push(footprint);
  }
}
