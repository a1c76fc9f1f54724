// vitest's test functions with the simulation installed.
export { type EveryScheduleTestOptions, everySchedule } from './every-schedule.ts';
export { type SimContext, type SimTestOptions, test } from './test.ts';
