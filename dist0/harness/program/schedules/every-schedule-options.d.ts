import type { Family, Method, WEATHERS, Weather } from '../../../sim/index.ts';
import type { ProgramRunOptions } from '../program-run.ts';
export interface EveryScheduleOptions extends ProgramRunOptions {
  /** Schedules to run at most. Default 100, or as many as the budget allows. */
  readonly schedules?: number;
  /** Real time to spend at most, in milliseconds. Default: no limit but `schedules`. */
  readonly budgetMs?: number;
  /** Default `storm`. */
  readonly weather?: Weather | keyof typeof WEATHERS;
  /** Seeds the sampling. Default 1. */
  readonly seed?: number;
  /** Deviations of one schedule at most. Default: no limit. */
  readonly deviations?: number;
  /**
   * `bounded` is every schedule with 0, then 1, then 2 … deviations; `random`, `swarm`, `pct` and `pos` sample. `portfolio`, the
   * default, is `bounded` for half of the schedules (or of the budget), then the samplers in turn.
   */
  readonly method?: Exclude<Method, 'exhaustive'>;
  /** Whether a family that had occasion to deviate and never did is a failure. Default false: it is reported. */
  readonly requireFaults?: boolean;
  /** Whether a `sim.sometimes` that was asked and never held is a failure. Default false: it is reported. */
  readonly requireSometimes?: boolean;
  /** A replay string: only that schedule is run. Default: the environment's FOULWEATHER_REPLAY, if it is of this title. */
  readonly replay?: string;
  /** Real time to spend on shrinking a failure at most. Default 10,000. */
  readonly shrinkBudgetMs?: number;
  /** What to type to run a replay string again, for the report. */
  readonly replayCommand?: (replay: string) => string;
}
/** What a green search has shown. */
export interface EveryScheduleReport {
  readonly title: string;
  /** Schedules run. */
  readonly schedules: number;
  /** What was covered, in words: `every schedule with at most 1 deviation; 50 sampled`. */
  readonly bound: string;
  /** Whether every schedule with at most so many deviations was run; -1 if not even the calm one. */
  readonly deviationsCovered: number;
  /** Whether nothing is left: every schedule there is was run, or every one with at most `deviations`. */
  readonly isComplete: boolean;
  /** Faults that really happened, by family. */
  readonly faults: Readonly<Record<Family, number>>;
  /** Families that had occasion to deviate and never did. */
  readonly neverFired: readonly Family[];
  /** In how many runs each `sim.sometimes` held that was asked. */
  readonly sometimes: Readonly<Record<string, number>>;
  readonly durationMs: number;
}
