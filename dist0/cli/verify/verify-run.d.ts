import type { VerifyValues } from './verify-options.ts';
/** Searches all scenarios of the modules, and leaves the exit code in `process.exitCode`. */
export declare function runVerify(values: VerifyValues, modules: readonly string[]): Promise<void>;
