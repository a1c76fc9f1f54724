// vitest's test functions with the simulation installed, and matchers.
import { addMatchers } from './matchers.ts';

export { type EveryScheduleTestOptions, everySchedule } from './every-schedule.ts';
export type { Fixture, Fixtures, SimBody, SimContext } from './fixtures.ts';
export type { FoulweatherMatchers } from './matchers.ts';
export { type SimTestOptions, test } from './test.ts';

addMatchers();
