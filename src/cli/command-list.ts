import type { Command } from 'commander';
import { registerGet } from './get/get.ts';
import { registerEcho } from './service/echo.ts';
import { registerForward } from './service/forward.ts';
import { registerReport } from './verify/report.ts';
import { registerVerify } from './verify/verify.ts';

/** Adds one command to the program. Its action leaves the exit code in `process.exitCode`, and throws what went wrong. */
export type Register = (program: Command) => void;

/** Every command, in the order of the help. */
export const COMMANDS: readonly Register[] = [
  registerVerify,
  registerReport,
  registerEcho,
  registerForward,
  registerGet,
];
