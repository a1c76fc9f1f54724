// Every error class of the kit. Three kinds that are never mixed: a caller's bad argument or bad moment
// (ArgumentError, StateError) is thrown at the call; what the world does (TransportError) reaches the
// handler once; our own bugs are AssertionFailure.

/** The base of every error this kit makes. `code` is stable; the message is for people. */
export class FoulweatherError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}

/** A public call was given an argument it cannot take. Thrown before anything is opened. */
export class ArgumentError extends FoulweatherError {
  constructor(code: 'ERR_INVALID_ARG_TYPE' | 'ERR_OUT_OF_RANGE' | 'ERR_INVALID_ARG_VALUE', message: string) {
    super(code, message);
  }
}

/** A public call came at a moment when it makes no sense: on a closed channel, before connect, twice. */
export class StateError extends FoulweatherError {}

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
export class TransportError extends FoulweatherError {
  readonly syscall: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;

  constructor(code: string, target: ErrorTarget = {}, detail?: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(code, describe(code, target, detail));
    Error.stackTraceLimit = stackTraceLimit;
    this.syscall = target.syscall;
    this.address = target.address;
    this.port = target.port;
    this.path = target.path;
  }
}

/** Raised by a handler to leave the loop. It closes nothing and reaches no handleError. */
export class ExitNow extends FoulweatherError {
  constructor(message = 'a handler asked the loop to stop') {
    super('ERR_EXIT_NOW', message);
  }
}

/** A bug in foulweather itself. No `catch` inside src/ swallows it. */
export class AssertionFailure extends FoulweatherError {
  constructor(message: string) {
    super('ERR_ASSERTION', message);
  }
}

/** Throws AssertionFailure unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message);
}

/** Closes a `switch` over a union: reaching it is a bug. */
export function unreachable(value: never): never {
  throw new AssertionFailure(`no case handles ${String(value)}`);
}

/** Whether the reactor must let this error through instead of giving it to handleError. */
export function passesThrough(error: unknown): boolean {
  try {
    if (error instanceof ExitNow || error instanceof AssertionFailure) return true;
    const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
    return name === 'AssertionError' || code === 'ERR_ASSERTION';
  } catch {
    // Whatever cannot be read is none of these.
    return false;
  }
}

const EXPLANATIONS: ReadonlyMap<unknown, string> = new Map(
  Object.entries({
    EADDRINUSE: 'the address is in use; choose another port or stop the program that listens there',
    EACCES: 'permission denied; ports below 1024 need privileges, a path needs write access',
    EADDRNOTAVAIL: 'this host has no such address, or no free port is left',
    ECONNREFUSED: 'connection refused: nobody listens there',
    ECONNRESET: 'connection reset by peer',
    ECONNABORTED: 'connection aborted',
    EPIPE: 'the peer has closed the connection, so nothing more can be sent',
    ETIMEDOUT: 'timed out: the peer did not answer',
    EHOSTUNREACH: 'no route to the host',
    ENETUNREACH: 'no route to the network',
    ENOTFOUND: 'the name is unknown',
    EMFILE: 'no file descriptor is left; raise the limit or close connections',
    ENOENT: 'no such file or directory',
    ENOSPC: 'no space left on the device',
    EIO: 'input/output error',
  }),
);

/** What an errno name means, in words; asyncore's strerror. Never empty. */
export function strerror(code: string): string {
  return EXPLANATIONS.get(code) ?? `unknown error ${String(code)}`;
}

function describe(code: string, target: ErrorTarget, detail?: string): string {
  const { path, address, port } = target;
  const host = address?.includes(':') === true ? `[${address}]` : (address ?? '*');
  const where = path ?? (port === undefined ? address : `${host}:${port}`);
  const attempt = [target.syscall, where].filter((part) => part !== undefined).join(' ');
  const explanation = detail ?? EXPLANATIONS.get(code);
  return [attempt, code, explanation].filter((part) => part !== undefined && part !== '').join(': ');
}
