import fc from 'fast-check';
import { type Family } from '../sim/index.ts';
import { Schedule } from './schedule.ts';
export interface SchedulesConstraints {
  /** The families that may deviate. Default: all but `crash`, `pause`, `partition` and `idle`, which a scenario must let happen. */
  readonly families?: readonly Family[];
  /** Deviations of one schedule at most. Default 12. */
  readonly maxDeviations?: number;
  /** How far into a run deviations lie: the last occurrence of a family that may deviate. Default 40. */
  readonly maxOccurrence?: number;
  /** The largest choice. Default 16; decisions with fewer choices take their last. */
  readonly maxChoice?: number;
}
/**
 * Schedules for a property: `fc.property(schedules(), (schedule) => { new Simulation({ strategy: schedule }) … })`.
 *
 * The calm schedule is the smallest; shrinking drops deviations, then lowers them, from what was generated alone, so that
 * `{ seed, path }` and `examples` work. A value prints as text that `Schedule.parse` reads.
 */
export declare function schedules(constraints?: SchedulesConstraints): fc.Arbitrary<Schedule>;
