import { FoulweatherError } from '../../../core/index.js';
import { unmet } from '../../../sim/index.js';
import { formatEverySchedule } from './format-every-schedule.js';
/** No schedule has failed, but the search has not shown what `requireFaults` or `requireSometimes` demand of it. */
export class NotShownError extends FoulweatherError {
  constructor(report, sentences) {
    super(
      'ERR_NOT_SHOWN',
      `no schedule has failed, and the search has not shown what is demanded of it: ${sentences.join('; ')}. Run more schedules, let the body have occasion for it, or take the family out of the weather\n${formatEverySchedule(report)}`,
    );
    this.report = report;
  }
}
/** Throws NotShownError if something is missing that was demanded. */
export function expectShown(report, demands) {
  const sentences = unmet(report, demands);
  if (sentences.length > 0) throw new NotShownError(report, sentences);
}
