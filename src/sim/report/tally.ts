import { FAMILIES, type Family, LABELS } from '../decisions/label.ts';
import type { Run } from '../scenario.ts';
import type { Simulation } from '../simulation.ts';
import type { Report } from './report.ts';

const RARE: ReadonlySet<Family> = new Set<Family>(['disk', 'crash', 'pause', 'partition', 'idle']);

/** Counts over the runs of a search. Its size does not grow with their number. */
export class Tally {
  schedules = 0;
  pruned = 0;
  readonly faults: Float64Array = new Float64Array(LABELS.length);
  /** In how many runs each `sometimes` held. */
  readonly reached = new Map<string, number>();
  /** How many runs had that many decisions; the last entry is "that many or more". */
  private readonly lengths = new Float64Array(4096);
  private longest = 0;
  /** Families that have no occasion in most scenarios, and had one here. */
  private readonly occasions = new Set<Family>();

  add(run: Pick<Run, 'isPruned' | 'faults' | 'sim' | 'decisions'>): void {
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
  neverFired(families: readonly Family[]): Family[] {
    return families.filter(
      (family) =>
        this.faults[FAMILIES.indexOf(family)] === 0 && (!RARE.has(family) || this.occasions.has(family)),
    );
  }

  private noteOccasions(sim: Simulation): void {
    if (this.occasions.size === RARE.size) return;
    if (sim.usesFiles) this.occasions.add('disk');
    if (sim.network.mayPartition) this.occasions.add('partition');
    if (sim.network.idleBreaks !== null) this.occasions.add('idle');
    for (const { failures } of sim.hosts) {
      if (failures?.mayCrash === true) this.occasions.add('crash');
      if (failures?.mayPause === true) this.occasions.add('pause');
    }
  }

  /** What a report says of the runs. */
  counts(): Pick<Report, 'schedules' | 'prunedRuns' | 'faults' | 'sometimes' | 'decisionsPerRun'> {
    return {
      schedules: this.schedules,
      prunedRuns: this.pruned,
      faults: this.faultsByFamily(),
      sometimes: Object.fromEntries(this.reached),
      decisionsPerRun: this.decisionsPerRun(),
    };
  }

  faultsByFamily(): Record<Family, number> {
    return Object.fromEntries(FAMILIES.map((family, index) => [family, this.faults[index]])) as Record<
      Family,
      number
    >;
  }

  decisionsPerRun(): { min: number; median: number; max: number } {
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
