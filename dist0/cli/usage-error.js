/** The command line cannot be carried out: everything that is wrong with it, one line each. Exit code 2. */
export class UsageError extends Error {
  constructor(problems) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
/** The world does not allow it (address in use, unknown host): one line. */
export class CommandError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
