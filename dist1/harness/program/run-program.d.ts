import type { Simulation } from '../../sim/index.ts';
import { type Installation, type InstallOptions } from './install.ts';
import { type RunAsyncOptions } from './run-async.ts';
export interface RunProgramOptions extends InstallOptions, RunAsyncOptions {
  /** Whether the body may leave sockets, servers and timers open. Default false. */
  readonly allowOpen?: boolean;
}
/**
 * Installs `sim`, runs `body` on it, sees that it has left nothing open, and takes it out again, also when the body throws.
 * Once the body has settled, connections that are closing, time-outs of at most a second, and those of libraries, are given
 * time to end; what would keep a process alive after that is ERR_LEFT_OPEN, and so is every longer timer of the test's own.
 */
export declare function runProgram<T>(
  sim: Simulation,
  body: (installation: Installation) => T | Promise<T>,
  options?: RunProgramOptions,
): Promise<T>;
