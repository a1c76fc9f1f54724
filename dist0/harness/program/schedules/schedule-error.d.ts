import { FoulweatherError } from '../../../core/index.ts';
import type { ProgramRun } from '../program-run.ts';
/** A body has failed under a schedule. `cause` is what it threw. */
export declare class ScheduleError extends FoulweatherError {
  readonly replay: string;
  /** The whole trace of the failing run, one line an event. */
  readonly trace: string;
  /** One sentence per deviation. */
  readonly deviations: readonly string[];
  constructor(
    message: string,
    details: {
      readonly cause: unknown;
      readonly replay: string;
      readonly trace: string;
      readonly deviations: readonly string[];
    },
  );
}
export interface FailureDetails {
  readonly title: string;
  readonly seed: number;
  readonly schedules: number;
  /** The shrunk run, and the same run with a trace. */
  readonly run: ProgramRun;
  readonly traced: ProgramRun;
  readonly shrinkRuns: number;
  readonly isRepeatable: boolean;
  /** Whether every schedule with fewer deviations was run, and held. */
  readonly isMinimal: boolean;
  readonly replay: string;
  readonly replayCommand: ((replay: string) => string) | undefined;
}
/** Puts a failure into words. */
export declare function describeScheduleFailure(details: FailureDetails): ScheduleError;
