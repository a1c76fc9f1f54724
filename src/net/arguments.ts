// The forms in which net's functions take their arguments, and the checks Node makes on them.
import net from 'node:net';
import { describeValue, invalidArgType, nodeError, outOfRange } from './node-errors.ts';

type Callback = (...values: unknown[]) => void;

/** Options and the trailing callback, as every form of connect and listen comes down to. */
export type NormalizedArguments = [options: Record<string, unknown>, callback: Callback | null];

/** Node's own mark, so that what either has normalized is known to the other. */
const NORMALIZED: symbol =
  Object.getOwnPropertySymbols(
    (net as unknown as { _normalizeArgs?(args: unknown[]): object })._normalizeArgs?.([]) ?? {},
  )[0] ?? Symbol('normalized arguments');

/** `(port, host?, callback?)`, `(path, callback?)` or `(options, callback?)` to `[options, callback]`. */
export function normalizeArguments(args: readonly unknown[]): NormalizedArguments {
  const [first, second] = args;
  // createConnection hands what it has normalized to connect.
  if (Array.isArray(first) && NORMALIZED in first) return first as unknown as NormalizedArguments;
  let options: Record<string, unknown> = {};
  if (typeof first === 'object' && first !== null) options = first as Record<string, unknown>;
  else if (isPathName(first)) options = { path: first };
  else if (args.length > 0) {
    options = { port: first };
    if (typeof second === 'string') options.host = second;
  }
  const last = args.at(-1);
  const result: NormalizedArguments = [options, typeof last === 'function' ? (last as Callback) : null];
  return Object.assign(result, { [NORMALIZED]: true });
}

/** A string that is no number names a Unix-domain path. */
export function isPathName(value: unknown): value is string {
  return typeof value === 'string' && toPositiveNumber(value) === false;
}

/** The value as a number from 0 up, else false. */
export function toPositiveNumber(value: unknown): number | false {
  const number = Number(value);
  return number >= 0 ? number : false;
}

export function checkPort(value: unknown, name = 'Port'): number {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const port = isNumeric ? Number(value) : Number.NaN;
  if (port === port >>> 0 && port <= 0xffff) return port;
  throw nodeError(
    RangeError,
    'ERR_SOCKET_BAD_PORT',
    `${name} should be >= 0 and < 65536. Received ${describeValue(value)}.`,
  );
}

export function checkFunction(value: unknown, name: string): void {
  if (typeof value !== 'function') throw invalidArgType(name, 'of type function', value);
}

export function checkString(value: unknown, name: string): void {
  if (typeof value !== 'string') throw invalidArgType(name, 'of type string', value);
}

export function checkNumber(value: unknown, name: string): number {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  return value;
}

export function checkBoolean(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw invalidArgType(name, 'of type boolean', value);
  return value;
}

/** A 32-bit integer from `minimum` up. */
export function checkInt32(value: unknown, name: string, minimum: number, maximum = 0x7fffffff): number {
  const number = checkNumber(value, name);
  if (!Number.isInteger(number)) throw outOfRange(name, 'an integer', number);
  if (number < minimum || number > maximum) throw outOfRange(name, `>= ${minimum} && <= ${maximum}`, number);
  return number;
}

/** Milliseconds for a time-out, as `socket.setTimeout` takes them: longer than 2^31-1 becomes that, with a warning. */
export function checkTimerDuration(value: unknown, name: string): number {
  const durationMs = checkNumber(value, name);
  if (durationMs < 0 || !Number.isFinite(durationMs))
    throw outOfRange(name, 'a non-negative finite number', durationMs);
  if (durationMs <= TIMER_MS_MAX) return durationMs;
  process.emitWarning(
    `${durationMs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${TIMER_MS_MAX}.`,
    'TimeoutOverflowWarning',
  );
  return TIMER_MS_MAX;
}

const TIMER_MS_MAX = 2 ** 31 - 1;

export function checkAbortSignal(value: unknown, name: string): asserts value is AbortSignal {
  if (value !== undefined && (typeof value !== 'object' || value === null || !('aborted' in value)))
    throw invalidArgType(name, 'an instance of AbortSignal', value);
}
