// Sleep sets (Godefroid, 1996): after the events below one choice were explored, the other choices need not begin with
// that choice's event as long as only independent events come before it. Never misses a state or an outcome.
import type { Chain, Strategy } from '../decisions/decisions.ts';
import { CLOSE, type Label, ORDER, RESET } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
import type { Event } from '../time/schedule-queue.ts';
import { areIndependent, type Footprint, type ReadSets } from './footprint.ts';

interface OrderPoint {
  readonly candidates: readonly Footprint[];
  /** Chains asleep when the point was first met. */
  readonly asleep: ReadonlySet<number>;
  /** Candidates whose subtrees are done. */
  readonly done: Footprint[];
}

/** An odometer over every schedule but those that differ from an earlier one only by swapping independent events. */
export class SleepStrategy implements Strategy {
  /** Runs that ended because all that could come was asleep. */
  blocked = 0;
  private readonly choices: number[] = [];
  private readonly arities: number[] = [];
  private readonly points: (OrderPoint | null)[] = [];
  private depth = 0;
  private sleeping: Footprint[] = [];
  private isBlocked = false;
  private reads: ReadSets | null = null;
  private mayKill = false;

  begin(): void {
    this.depth = 0;
    this.sleeping = [];
    this.isBlocked = false;
    this.reads = null;
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null): number {
    const { depth } = this;
    this.depth = depth + 1;
    if (depth === this.choices.length) this.addPoint(label, arity, chains);
    const point = this.points[depth];
    if (point !== null) for (const footprint of point.done) this.fallAsleep(footprint);
    return this.choices[depth];
  }

  /** Before each step of a run: false if it leads nowhere new. */
  goesOn(sim: Simulation): boolean {
    this.reads ??= sim.invariants.map(({ reads }) =>
      reads === null ? null : new Set(reads.map((host) => host.name)),
    );
    this.mayKill = (sim.network.mask & ((1 << RESET.index) | (1 << CLOSE.index))) !== 0;
    if (this.isBlocked) this.blocked += 1;
    return !this.isBlocked;
  }

  /** When an event was taken: wakes what depends on it. */
  onTaken(event: Event): void {
    if (this.sleeping.length === 0) return;
    const taken = event.footprint();
    if (this.sleeping.some(({ chainId }) => chainId === taken.chainId)) this.isBlocked = true;
    const reads = this.reads ?? [];
    this.sleeping = this.sleeping.filter((other) => areIndependent(other, taken, reads, this.mayKill));
  }

  /** After a run: moves on. False when nothing is left. */
  advance(): boolean {
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

  private addPoint(label: Label, arity: number, chains: readonly Chain[] | null): void {
    this.arities.push(arity);
    if (label !== ORDER || chains === null) {
      this.choices.push(0);
      this.points.push(null);
      return;
    }
    const candidates = chains.slice(0, arity).map((chain) => (chain as Event).footprint());
    const asleep = new Set(this.sleeping.map(({ chainId }) => chainId));
    this.points.push({ candidates, asleep, done: [] });
    const first = candidates.findIndex(({ chainId }) => !asleep.has(chainId));
    // All asleep: what comes is explored elsewhere; onTaken notices and ends the run.
    this.choices.push(Math.max(first, 0));
  }

  private nextChoice(index: number): number {
    const point = this.points[index];
    let choice = this.choices[index] + 1;
    if (point === null) return choice;
    point.done.push(point.candidates[this.choices[index]]);
    while (choice < point.candidates.length && point.asleep.has(point.candidates[choice].chainId))
      choice += 1;
    return choice;
  }

  private fallAsleep(footprint: Footprint): void {
    if (!this.sleeping.some(({ chainId }) => chainId === footprint.chainId)) this.sleeping.push(footprint);
  }
}
