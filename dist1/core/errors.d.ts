/** The base of every error this kit makes. `code` is stable; the message is for people. */
export declare class FoulweatherError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions);
}
/** A public call was given an argument it cannot take. Thrown before anything is opened. */
export declare class ArgumentError extends FoulweatherError {
  constructor(code: 'ERR_INVALID_ARG_TYPE' | 'ERR_OUT_OF_RANGE' | 'ERR_INVALID_ARG_VALUE', message: string);
}
/** A public call came at a moment when it makes no sense: on a closed channel, before connect, twice. */
export declare class StateError extends FoulweatherError {}
/** What an attempt was aimed at; each field only where it applies. */
export interface ErrorTarget {
  readonly syscall?: string;
  readonly address?: string;
  readonly port?: number;
  readonly path?: string;
}
/**
 * Something the world did. `code` is the errno name, as Node reports it. It has no call stack: nobody called it, and
 * collecting one costs more than all else that a reset costs.
 */
export declare class TransportError extends FoulweatherError {
  readonly syscall: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
  constructor(code: string, target?: ErrorTarget, detail?: string);
}
/** Raised by a handler to leave the loop. It closes nothing and reaches no handleError. */
export declare class ExitNow extends FoulweatherError {
  constructor(message?: string);
}
/** A bug in foulweather itself. No `catch` inside src/ swallows it. */
export declare class AssertionFailure extends FoulweatherError {
  constructor(message: string);
}
/** Throws AssertionFailure unless `condition` holds. */
export declare function assert(condition: unknown, message: string): asserts condition;
/** Closes a `switch` over a union: reaching it is a bug. */
export declare function unreachable(value: never): never;
/** Whether the reactor must let this error through instead of giving it to handleError. */
export declare function passesThrough(error: unknown): boolean;
/** What an errno name means, in words; asyncore's strerror. Never empty. */
export declare function strerror(code: string): string;
