// Programs that know nothing of us, on the simulation: install, the asynchronous driver, and every schedule.
export { abandon } from './abandon.ts';
export { ProgramError } from './errors.ts';
export { type Installation, type InstallOptions, install } from './install.ts';
export type { ProgramBody, ProgramContext } from './program-run.ts';
export { hold, type RunAsyncOptions, runAsync, track } from './run-async.ts';
export { type RunProcessOptions, runProcess } from './run-process.ts';
export { type RunProgramOptions, runProgram } from './run-program.ts';
export { everySchedule } from './schedules/every-schedule.ts';
export type { EveryScheduleOptions, EveryScheduleReport } from './schedules/every-schedule-options.ts';
export { formatEverySchedule } from './schedules/format-every-schedule.ts';
export { NotShownError } from './schedules/not-shown-error.ts';
export { ScheduleError } from './schedules/schedule-error.ts';
export type { Sent } from './wire.ts';
