import { ORDER } from '../decisions/label.js';
import { isBehind } from './estimate.js';
import { separateChoices } from './separate.js';
/**
 * An odometer over every schedule, depth first: each run repeats the one before up to its last decision that has a
 * choice left, takes that, and is calm afterwards. No state of the simulation is stored. With `merging`, a run
 * that comes to a state met before ends there: what follows is the same, and is counted with the first.
 */
export class ExhaustiveStrategy {
  /** With `separates`, groups of connections that a scenario declares separate go one after the other. */
  constructor(separates = false) {
    /** Distinct states met, if merging. */
    this.stateCount = 0;
    /** How many complete schedules the runs so far stand for. */
    this.schedulesCovered = 0;
    /** Order decisions at which only one group's events were tried. */
    this.restrictedCount = 0;
    this.sim = null;
    /** Places in `allowed`, or choices where that is null. */
    this.choices = [];
    this.allowed = [];
    this.arities = [];
    /** Schedules under each decision's choices so far. */
    this.totals = [];
    this.depth = 0;
    this.repeated = -1;
    this.known = new Map();
    this.open = [];
    this.mergedCount = 0;
    this.separates = separates;
  }
  begin() {
    this.depth = 0;
    this.repeated = this.choices.length - 1;
  }
  choose(label, arity, chains) {
    const { depth } = this;
    this.depth = depth + 1;
    if (depth === this.choices.length) this.addPoint(label, arity, chains);
    const allowed = this.allowed[depth];
    return allowed === null ? this.choices[depth] : allowed[this.choices[depth]];
  }
  /** Before each step of a run: says how far it repeats the run before. */
  noteStep(sim) {
    if (sim === this.sim) return true;
    sim.repeatedDecisions = this.repeated;
    this.sim = sim;
    return true;
  }
  /** Before each step of a run: false if its state was met before. */
  isNew(sim) {
    this.noteStep(sim);
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
  advance(isPruned) {
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
  hasPassed(choices) {
    const reached = this.choices.map((place, depth) => this.allowed[depth]?.[place] ?? place);
    return isBehind(choices, reached);
  }
  addPoint(label, arity, chains) {
    let allowed = null;
    if (this.separates && label === ORDER && chains !== null && this.sim !== null)
      allowed = separateChoices(this.sim, chains);
    if (allowed !== null && allowed.length < arity) this.restrictedCount += 1;
    this.choices.push(0);
    this.allowed.push(allowed);
    this.arities.push(allowed === null ? arity : allowed.length);
    this.totals.push(0);
  }
  closeStates(depth, total) {
    const { open } = this;
    while (open.length > 0 && open[open.length - 1].depth >= depth)
      this.known.set(open.pop().fingerprint, total);
  }
}
