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

/** The first line of a stack that is a program's own: not of Node, not of this package. Without one, where in Node it was. */
export function callSite(stack: string | undefined): string {
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = lines.find((line) => !INSIDE.test(line));
  const inNode = lines.find((line) => line.includes('node:') && !WITHOUT_CALLER.test(line));
  return (own ?? inNode ?? 'at a place that no line of the program called').trim();
}

/** `node:` is Node; the rest is this package, as source and as built. */
const INSIDE = /node:|[\\/](?:src|dist)[\\/](?:harness|net|sim|core|vitest)[\\/]/;

/** What stands at the bottom of every stack, and says nothing. */
const WITHOUT_CALLER =
  /node:(?:internal\/(?:process\/task_queues|timers|async_hooks|async_local_storage)|events|async_hooks)/;

/** Where something was called; the text is made when it is asked for, which few are. */
export interface Site {
  readonly stack?: string;
}

/** More than Node's ten: a request by http's agent has that many of Node's own between its socket and the program. */
const FRAMES = 30;

/** The call of `callee`, or of whoever calls this. */
export function noteSite(callee: (...args: never[]) => unknown = noteSite): Site {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES;
  const site: Site = {};
  Error.captureStackTrace(site, callee);
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}

/** The stack of the caller of `callee`. */
export function captureStack(callee: (...args: never[]) => unknown): string | undefined {
  return noteSite(callee).stack;
}
