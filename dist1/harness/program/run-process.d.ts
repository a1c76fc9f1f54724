import type { Simulation } from '../../sim/index.ts';
import { type Installation, type InstallOptions } from './install.ts';
export interface RunProcessOptions extends Omit<InstallOptions, 'files'> {
  /** Default `node:fs`: a whole program looks for its sockets' files where it looks for all files. `null`: none appear. */
  readonly files?: InstallOptions['files'] | null;
  /** Whether virtual time may move though a worker or message port might be about to send something. Default false. */
  readonly allowThreads?: boolean;
}
/**
 * Installs `sim` for the rest of the process and takes its events whenever JavaScript has nothing left to do, as long as a
 * socket, server or timer would keep the process alive. To be called before the program is loaded; there is no body: the
 * process ends by itself, exceptions that nobody handles end it, and its exit code is its own.
 *
 * Throws from the event loop, so that the process fails: ERR_ESCAPED, ERR_UNKNOWABLE, and ERR_NEVER_SETTLES where nothing is
 * left to happen to what is open.
 */
export declare function runProcess(sim: Simulation, options?: RunProcessOptions): Installation;
