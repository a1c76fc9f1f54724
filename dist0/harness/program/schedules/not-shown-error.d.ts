import { FoulweatherError } from '../../../core/index.ts';
import { type Demands } from '../../../sim/index.ts';
import type { EveryScheduleReport } from './every-schedule-options.ts';
/** No schedule has failed, but the search has not shown what `requireFaults` or `requireSometimes` demand of it. */
export declare class NotShownError extends FoulweatherError {
  readonly report: EveryScheduleReport;
  constructor(report: EveryScheduleReport, sentences: readonly string[]);
}
/** Throws NotShownError if something is missing that was demanded. */
export declare function expectShown(report: EveryScheduleReport, demands: Demands): void;
