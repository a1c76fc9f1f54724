export { type EveryScheduleTestOptions, everySchedule } from './every-schedule.ts';
export type { FoulweatherMatchers } from './matchers.ts';
export { type SimContext, type SimTestOptions, test } from './test.ts';
