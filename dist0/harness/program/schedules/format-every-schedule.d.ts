import type { EveryScheduleReport } from './every-schedule-options.ts';
/** What a search has shown, in a few lines. */
export declare function formatEverySchedule(report: EveryScheduleReport): string;
