import type { Command } from 'commander';
/** Adds one command to the program. Its action leaves the exit code in `process.exitCode`, and throws what went wrong. */
export type Register = (program: Command) => void;
/** Every command, in the order of the help. */
export declare const COMMANDS: readonly Register[];
