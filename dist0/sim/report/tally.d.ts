import { type Family } from '../decisions/label.ts';
import type { Run } from '../scenario.ts';
/** Counts over the runs of a search. Its size does not grow with their number. */
export declare class Tally {
  schedules: number;
  pruned: number;
  readonly faults: Float64Array<ArrayBuffer>;
  /** In how many runs each `sometimes` held. */
  readonly reached: Map<string, number>;
  /** How many runs had that many decisions; the last entry is "that many or more". */
  private readonly lengths;
  private longest;
  /** Families that have no occasion in most scenarios, and had one here. */
  private readonly occasions;
  add(run: Pick<Run, 'isPruned' | 'faults' | 'sim' | 'decisions'>): void;
  /** Those of `families` that had occasion to deviate, and never did. */
  neverFired(families: readonly Family[]): Family[];
  private noteOccasions;
  faultsByFamily(): Record<Family, number>;
  decisionsPerRun(): {
    min: number;
    median: number;
    max: number;
  };
}
