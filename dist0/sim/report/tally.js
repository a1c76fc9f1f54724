import { FAMILIES, LABELS } from '../decisions/label.js';

const RARE = new Set(['disk', 'crash', 'pause', 'partition', 'idle']);
/** Counts over the runs of a search. Its size does not grow with their number. */
export class Tally {
  constructor() {
    this.schedules = 0;
    this.pruned = 0;
    this.faults = new Float64Array(LABELS.length);
    /** In how many runs each `sometimes` held. */
    this.reached = new Map();
    /** How many runs had that many decisions; the last entry is "that many or more". */
    this.lengths = new Float64Array(4096);
    this.longest = 0;
    /** Families that have no occasion in most scenarios, and had one here. */
    this.occasions = new Set();
  }
  add(run) {
    this.schedules += 1;
    if (run.isPruned) this.pruned += 1;
    for (let index = 0; index < this.faults.length; index += 1) this.faults[index] += run.faults[index];
    const { asked } = run.sim;
    if (asked !== null)
      for (const [name, held] of asked)
        this.reached.set(name, (this.reached.get(name) ?? 0) + (held ? 1 : 0));
    const { length } = run.decisions;
    this.lengths[Math.min(length, this.lengths.length - 1)] += 1;
    if (length > this.longest) this.longest = length;
    this.noteOccasions(run.sim);
  }
  /** Those of `families` that had occasion to deviate, and never did. */
  neverFired(families) {
    return families.filter(
      (family) =>
        this.faults[FAMILIES.indexOf(family)] === 0 && (!RARE.has(family) || this.occasions.has(family)),
    );
  }
  noteOccasions(sim) {
    if (this.occasions.size === RARE.size) return;
    if (sim.usesFiles) this.occasions.add('disk');
    if (sim.network.mayPartition) this.occasions.add('partition');
    if (sim.network.idleBreaks !== null) this.occasions.add('idle');
    for (const { failures } of sim.hosts) {
      if (failures?.mayCrash === true) this.occasions.add('crash');
      if (failures?.mayPause === true) this.occasions.add('pause');
    }
  }
  faultsByFamily() {
    return Object.fromEntries(FAMILIES.map((family, index) => [family, this.faults[index]]));
  }
  decisionsPerRun() {
    const min = this.lengths.findIndex((count) => count > 0);
    let below = 0;
    let median = 0;
    while (median < this.lengths.length && below + this.lengths[median] < this.schedules / 2) {
      below += this.lengths[median];
      median += 1;
    }
    return { min: Math.max(0, min), median, max: this.longest };
  }
}
