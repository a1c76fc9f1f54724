// Programs that know nothing of us, on the simulation: install, the asynchronous driver, and every schedule.
export { abandon } from './abandon.js';
export { ProgramError } from './errors.js';
export { install } from './install.js';
export { hold, runAsync, track } from './run-async.js';
export { runProcess } from './run-process.js';
export { runProgram } from './run-program.js';
export { everySchedule } from './schedules/every-schedule.js';
export { formatEverySchedule } from './schedules/format-every-schedule.js';
export { NotShownError } from './schedules/not-shown-error.js';
export { ScheduleError } from './schedules/schedule-error.js';
