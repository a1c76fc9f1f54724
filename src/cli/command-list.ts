import type { Command } from 'commander';
import { registerEcho } from './echo.ts';
import { registerForward } from './forward.ts';
import { registerGet } from './get.ts';
import { registerReport } from './report.ts';
import { registerVerify } from './verify.ts';

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
