// The forms in which net's functions take their arguments, and the checks Node makes on them.
import net from 'node:net';
import { describeValue, invalidArgType, nodeError, outOfRange } from './node-errors.js';

/** Node's own mark, so that what either has normalized is known to the other. */
const NORMALIZED =
  Object.getOwnPropertySymbols(net._normalizeArgs?.([]) ?? {})[0] ?? Symbol('normalized arguments');
/** `(port, host?, callback?)`, `(path, callback?)` or `(options, callback?)` to `[options, callback]`. */
export function normalizeArguments(args) {
  const [first, second] = args;
  // createConnection hands what it has normalized to connect.
  if (Array.isArray(first) && NORMALIZED in first) return first;
  let options = {};
  if (typeof first === 'object' && first !== null) options = first;
  else if (isPathName(first)) options = { path: first };
  else if (args.length > 0) {
    options = { port: first };
    if (typeof second === 'string') options.host = second;
  }
  const last = args.at(-1);
  const result = [options, typeof last === 'function' ? last : null];
  return Object.assign(result, { [NORMALIZED]: true });
}
/** A string that is no number names a Unix-domain path. */
export function isPathName(value) {
  return typeof value === 'string' && toPositiveNumber(value) === false;
}
/** The value as a number from 0 up, else false. */
export function toPositiveNumber(value) {
  const number = Number(value);
  return number >= 0 ? number : false;
}
export function checkPort(value, name = 'Port') {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const port = isNumeric ? Number(value) : Number.NaN;
  if (port === port >>> 0 && port <= 0xffff) return port;
  throw nodeError(
    RangeError,
    'ERR_SOCKET_BAD_PORT',
    `${name} should be >= 0 and < 65536. Received ${describeValue(value)}.`,
  );
}
export function checkFunction(value, name) {
  if (typeof value !== 'function') throw invalidArgType(name, 'of type function', value);
}
export function checkString(value, name) {
  if (typeof value !== 'string') throw invalidArgType(name, 'of type string', value);
}
export function checkNumber(value, name) {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  return value;
}
export function checkBoolean(value, name) {
  if (typeof value !== 'boolean') throw invalidArgType(name, 'of type boolean', value);
  return value;
}
/** A 32-bit integer from `minimum` up. */
export function checkInt32(value, name, minimum) {
  const number = checkNumber(value, name);
  if (!Number.isInteger(number)) throw outOfRange(name, 'an integer', number);
  if (number < minimum || number > 0x7fffffff)
    throw outOfRange(name, `>= ${minimum} && <= ${0x7fffffff}`, number);
  return number;
}
/** Milliseconds for a time-out, as `socket.setTimeout` takes them: longer than 2^31-1 becomes that, with a warning. */
export function checkTimerDuration(value, name) {
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
export function checkAbortSignal(value, name) {
  if (value !== undefined && (typeof value !== 'object' || value === null || !('aborted' in value)))
    throw invalidArgType(name, 'an instance of AbortSignal', value);
}
