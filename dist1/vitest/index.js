// vitest's test functions with the simulation installed, and matchers.
import { addMatchers } from './matchers.js';

export { everySchedule } from './every-schedule.js';
export { test } from './test.js';

addMatchers();
