import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label, ORDER } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
import { isBehind } from './estimate.ts';
import { separateChoices } from './separate.ts';

/** A state that a search has met, while what follows from it is still being explored. */
interface OpenState {
  readonly fingerprint: string;
  /** How many decisions had been made when it was met. */
  readonly depth: number;
}

/**
 * An odometer over every schedule, depth first: each run repeats the one before up to its last decision that has a
 * choice left, takes that, and is calm afterwards. No state of the simulation is stored. With `merging`, a run
 * that comes to a state met before ends there: what follows is the same, and is counted with the first.
 */
export class ExhaustiveStrategy implements Strategy {
  /** Distinct states met, if merging. */
  stateCount = 0;
  /** How many complete schedules the runs so far stand for. */
  schedulesCovered = 0;
  /** Order decisions at which only one group's events were tried. */
  restrictedCount = 0;
  private readonly separates: boolean;
  private sim: Simulation | null = null;
  /** Places in `allowed`, or choices where that is null. */
  private readonly choices: number[] = [];
  private readonly allowed: (readonly number[] | null)[] = [];
  private readonly arities: number[] = [];
  /** Schedules under each decision's choices so far. */
  private readonly totals: number[] = [];
  private depth = 0;
  private repeated = -1;
  private readonly known = new Map<string, number>();
  private readonly open: OpenState[] = [];
  private mergedCount = 0;

  /** With `separates`, groups of connections that a scenario declares separate go one after the other. */
  constructor(separates = false) {
    this.separates = separates;
  }

  begin(): void {
    this.depth = 0;
    this.repeated = this.choices.length - 1;
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null): number {
    const { depth } = this;
    this.depth = depth + 1;
    if (depth === this.choices.length) this.addPoint(label, arity, chains);
    const allowed = this.allowed[depth];
    return allowed === null ? this.choices[depth] : allowed[this.choices[depth]];
  }

  /** As a run starts: says how far it repeats the run before. */
  noteStart(sim: Simulation): void {
    sim.repeatedDecisions = this.repeated;
    this.sim = sim;
  }

  /** Before each step of a run: false if its state was met before. */
  isNew(sim: Simulation): boolean {
    if (this.depth < this.choices.length) return true;
    const fingerprint = sim.fingerprint();
    const count = this.known.get(fingerprint);
    if (count === undefined) {
      this.stateCount += 1;
      this.known.set(fingerprint, -1);
      this.open.push({ fingerprint, depth: this.depth });
      return true;
    }
    // A state under exploration can only be met again by the same run before it has decided anything.
    if (count < 0) return true;
    this.mergedCount = count;
    return false;
  }

  /** After a run: moves on to the next schedule. False when there is none. */
  advance(isPruned: boolean): boolean {
    let total = isPruned ? this.mergedCount : 1;
    this.schedulesCovered += total;
    this.closeStates(this.depth, total);
    while (this.choices.length > 0) {
      const last = this.choices.length - 1;
      this.totals[last] += total;
      if (this.choices[last] + 1 < this.arities[last]) {
        this.choices[last] += 1;
        return true;
      }
      total = this.totals[last];
      this.choices.pop();
      this.arities.pop();
      this.allowed.pop();
      this.totals.pop();
      this.closeStates(last, total);
    }
    return false;
  }

  /** Whether a schedule has been run, or stood for, up to now. */
  hasPassed(choices: readonly number[]): boolean {
    const reached = this.choices.map((place, depth) => this.allowed[depth]?.[place] ?? place);
    return isBehind(choices, reached);
  }

  private addPoint(label: Label, arity: number, chains: readonly Chain[] | null): void {
    let allowed: readonly number[] | null = null;
    if (this.separates && label === ORDER && chains !== null && this.sim !== null)
      allowed = separateChoices(this.sim, chains);
    if (allowed !== null && allowed.length < arity) this.restrictedCount += 1;
    this.choices.push(0);
    this.allowed.push(allowed);
    this.arities.push(allowed === null ? arity : allowed.length);
    this.totals.push(0);
  }

  private closeStates(depth: number, total: number): void {
    const { open } = this;
    while (open.length > 0 && open[open.length - 1].depth >= depth)
      this.known.set(open.pop()!.fingerprint, total);
  }
}
