/** The command line cannot be carried out: everything that is wrong with it, one line each. Exit code 2. */
export declare class UsageError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]);
}
/** The world does not allow it (address in use, unknown host): one line. */
export declare class CommandError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode?: number);
}
