import { FoulweatherError } from '../../core/index.ts';
/** A program's run cannot go on, or has left something behind. `code` says which. */
export declare class ProgramError extends FoulweatherError {
  constructor(
    code:
      | 'ERR_ABORTED'
      | 'ERR_ESCAPED'
      | 'ERR_INSTALLED'
      | 'ERR_LEFT_OPEN'
      | 'ERR_NEVER_SETTLES'
      | 'ERR_NOT_RUNNING'
      | 'ERR_TIMERS_REPLACED'
      | 'ERR_UNKNOWABLE'
      | 'ERR_VIRTUAL_TIMEOUT'
      | 'ERR_REAL_TIMEOUT',
    message: string,
    options?: ErrorOptions,
  );
}
/**
 * Where something was made, in words: `at talk (weather.ts:7:3)`, the program's own line; where a library did it for the
 * program, `at talk (weather.ts:7:3), through connect (node_modules/…)`.
 */
export declare function callSite(stack: string | undefined): string;
/** Whether a library did it, for itself or for the program. */
export declare function isByLibrary(stack: string | undefined): boolean;
/** Where something was called; the text is made when it is asked for, which few are. */
export interface Site {
  readonly stack?: string;
}
/** The call of `callee`, or of whoever calls this. */
export declare function noteSite(callee?: (...args: never[]) => unknown): Site;
/** The stack of the caller of `callee`. */
export declare function captureStack(callee: (...args: never[]) => unknown): string | undefined;
