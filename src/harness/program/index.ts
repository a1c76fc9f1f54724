// Programs that know nothing of us, on the simulation: install, the asynchronous driver, and every schedule.
export { ProgramError } from './errors.ts';
export { type Installation, type InstallOptions, install } from './install.ts';
export { hold, type RunAsyncOptions, runAsync, track } from './run-async.ts';
export { type RunProgramOptions, runProgram } from './run-program.ts';
export type { Sent } from './wire.ts';
