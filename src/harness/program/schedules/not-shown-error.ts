import { FoulweatherError } from '../../../core/index.ts';
import { type Demands, unmet } from '../../../sim/index.ts';
import type { EveryScheduleReport } from './every-schedule-options.ts';
import { formatEverySchedule } from './format-every-schedule.ts';

/** No schedule has failed, but the search has not shown what `requireFaults` or `requireSometimes` demand of it. */
export class NotShownError extends FoulweatherError {
  readonly report: EveryScheduleReport;

  constructor(report: EveryScheduleReport, sentences: readonly string[]) {
    super(
      'ERR_NOT_SHOWN',
      `no schedule has failed, and the search has not shown what is demanded of it: ${sentences.join('; ')}. Run more schedules, let the body have occasion for it, or take the family out of the weather\n${formatEverySchedule(report)}`,
    );
    this.report = report;
  }
}

/** Throws NotShownError if something is missing that was demanded. */
export function expectShown(report: EveryScheduleReport, demands: Demands): void {
  const sentences = unmet(report, demands);
  if (sentences.length > 0) throw new NotShownError(report, sentences);
}
