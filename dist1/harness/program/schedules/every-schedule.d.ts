import type { ProgramBody } from '../program-run.ts';
import type { EveryScheduleOptions, EveryScheduleReport } from './every-schedule-options.ts';
/**
 * Runs `body` under many schedules, each on a fresh simulation that is installed for it. Rejects with ScheduleError at the
 * first that fails: shrunk, run again, and with a replay string.
 */
export declare function everySchedule(
  title: string,
  body: ProgramBody,
  options?: EveryScheduleOptions,
): Promise<EveryScheduleReport>;
