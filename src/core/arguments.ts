// Checks of public arguments. Each throws an ArgumentError that names the argument, what it takes and what it got.
import { ArgumentError } from './errors.ts';

/** Prints a value briefly, for a message. */
export function show(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}...` : value);
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'object' && value !== null)
    return `an instance of ${value.constructor?.name ?? 'Object'}`;
  return String(value);
}

/** `value` is an integer from `minimum` to `maximum`, both included. */
export function checkInteger(
  name: string,
  value: unknown,
  minimum: number,
  maximum = Number.MAX_SAFE_INTEGER,
  part = '',
): number {
  if (typeof value !== 'number') {
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `${name}${part} must be a number, got ${show(value)}`);
  }
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    const range =
      maximum === Number.MAX_SAFE_INTEGER ? `at least ${minimum}` : `from ${minimum} to ${maximum}`;
    throw new ArgumentError(
      'ERR_OUT_OF_RANGE',
      `${name}${part} must be a whole number ${range}, got ${value}`,
    );
  }
  return value;
}

/** `value` is a finite number of milliseconds, 0 or more. */
export function checkDuration(name: string, value: unknown): number {
  if (typeof value !== 'number') {
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `${name} must be a number of milliseconds, got ${show(value)}`,
    );
  }
  if (!Number.isFinite(value) || value < 0) {
    throw new ArgumentError('ERR_OUT_OF_RANGE', `${name} must be 0 or more milliseconds, got ${value}`);
  }
  return value;
}

/** `value` is a TCP port; 0 asks for a free one. */
export function checkPort(name: string, value: unknown, part = ''): number {
  return checkInteger(name, value, 0, 65535, part);
}

/** `value` is a non-empty string without a NUL. `part` is what of the argument `name` it is, as `.host`. */
export function checkText(name: string, value: unknown, part = ''): string {
  if (typeof value !== 'string') {
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `${name}${part} must be a string, got ${show(value)}`);
  }
  if (value === '' || value.includes('\0')) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${name}${part} must be a non-empty string without NUL, got ${show(value)}`,
    );
  }
  return value;
}

/** `value` is bytes: a Uint8Array, so also a Buffer. */
export function checkBytes(name: string, value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `${name} must be a Uint8Array or Buffer, got ${show(value)}`,
    );
  }
  return value;
}

/** `value` is an object with options. */
export function checkOptions(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null)
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `${name} must be an object, got ${show(value)}`);
}

/** `value` can be gone through more than once, element by element; text cannot. */
export function checkList(name: string, value: unknown): void {
  const isList = typeof value === 'object' && value !== null && Symbol.iterator in value;
  if (!isList) throw new ArgumentError('ERR_INVALID_ARG_TYPE', `${name} must be a list, got ${show(value)}`);
}

/** `value` is a whole number of milliseconds, 0 or more. */
export function checkWholeMs(name: string, value: unknown): number {
  return checkInteger(name, value, 0, Number.MAX_SAFE_INTEGER, ' (milliseconds)');
}

/** `value` is a seed: any whole number. */
export function checkSeed(value: unknown): number {
  return checkInteger('seed', value, Number.MIN_SAFE_INTEGER);
}

/** `value` is true or false. */
export function checkBoolean(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean')
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `${name} must be true or false, got ${show(value)}`);
  return value;
}

/** `value` is a function. */
export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') {
    throw new ArgumentError('ERR_INVALID_ARG_TYPE', `${name} must be a function, got ${show(value)}`);
  }
}

/** `method` is a method of `value`, as of all that are what `what` says. */
export function checkMethod(name: string, value: unknown, method: unknown, what: string): void {
  if (typeof method !== 'function') throw wrongType(name, value, what);
}

/** That `value` is not what `what` says. For hot paths, which ask by themselves: each run of a search makes its world anew. */
export function wrongType(name: string, value: unknown, what: string): ArgumentError {
  return new ArgumentError('ERR_INVALID_ARG_TYPE', `${name} must be ${what}, got ${show(value)}`);
}
