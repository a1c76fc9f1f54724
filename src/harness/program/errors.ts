import { FoulweatherError } from '../../core/index.ts';

/** A program's run cannot go on, or has left something behind. `code` says which. */
export class ProgramError extends FoulweatherError {
  constructor(
    code:
      | 'ERR_ESCAPED'
      | 'ERR_INSTALLED'
      | 'ERR_LEFT_OPEN'
      | 'ERR_NEVER_SETTLES'
      | 'ERR_NOT_RUNNING'
      | 'ERR_UNKNOWABLE'
      | 'ERR_VIRTUAL_TIMEOUT'
      | 'ERR_REAL_TIMEOUT',
    message: string,
    options?: ErrorOptions,
  ) {
    super(code, message, options);
  }
}

/** The first line of a stack that is a program's own: not of Node, not of this package. */
export function callSite(stack: string | undefined): string {
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = lines.find((line) => !INSIDE.test(line));
  return (own ?? lines.at(-1) ?? 'at an unknown place').trim();
}

/** `node:` is Node; the rest is this package, as source and as built. */
const INSIDE = /node:|[\\/](?:src|dist)[\\/](?:harness|net|sim|core|vitest)[\\/]/;

/** The stack of the caller of `callee`. */
export function captureStack(callee: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  return holder.stack;
}
