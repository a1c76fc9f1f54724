// Errors in Node's own form: same class, code, errno, syscall, address, port and message, because the programs
// under test compare them. (Node documentation, "Errors"; libuv's numbers come from util.getSystemErrorMap.)
import { getSystemErrorMap, inspect } from 'node:util';

/** An Error with the fields Node puts on what the system reports. */
export interface SystemError extends Error {
  code: string;
  errno?: number;
  syscall?: string;
  address?: string;
  port?: number;
  localAddress?: string;
  localPort?: number;
  hostname?: string;
}

type ErrorClass = new (message: string) => Error;

/** An error of Node's ERR_ family: `code` is in the stack's first line but not in `message` or `name`. */
export function nodeError(Base: ErrorClass, code: string, message: string): SystemError {
  const error = new Base(message) as SystemError;
  // Node shows `TypeError [ERR_X]: …` in the stack and `TypeError` as the name.
  Object.defineProperty(error, 'name', { value: `${Base.name} [${code}]`, configurable: true });
  Error.captureStackTrace(error, nodeError);
  void error.stack;
  Reflect.deleteProperty(error, 'name');
  error.code = code;
  return error;
}

const ERRNO_BY_CODE: ReadonlyMap<string, number> = new Map(
  [...getSystemErrorMap()].map(([errno, [code]]) => [code, errno]),
);

/** libuv's number for an errno name; undefined if it has none. */
export function errnoOf(code: string): number | undefined {
  // dns.lookup reports an unknown name as ENOTFOUND with getaddrinfo's EAI_NONAME.
  return ERRNO_BY_CODE.get(code === 'ENOTFOUND' ? 'EAI_NONAME' : code);
}

/** libuv's sentence for an errno name, such as "address already in use". */
function sentenceOf(code: string): string {
  const errno = errnoOf(code);
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? code;
}

function systemError(code: string, syscall: string, message: string): SystemError {
  const error = new Error(message) as SystemError;
  error.errno = errnoOf(code);
  error.code = code;
  error.syscall = syscall;
  return error;
}

/** `read ECONNRESET` */
export function errnoError(code: string, syscall: string): SystemError {
  return systemError(code, syscall, `${syscall} ${code}`);
}

/** `connect ECONNREFUSED 127.0.0.1:80 - Local (127.0.0.1:5000)` */
export function addressError(
  code: string,
  syscall: string,
  target: { readonly address?: string; readonly port?: number; readonly local?: string },
): SystemError {
  const where = describeTarget(target.address, target.port);
  const local = target.local === undefined ? '' : ` - Local (${target.local})`;
  const told = codeOfLibuv(code);
  return withTarget(
    systemError(told, syscall, `${syscall} ${told}${where}${local}`),
    target.address,
    target.port,
  );
}

/** `listen EADDRINUSE: address already in use 127.0.0.1:80` */
export function listenError(
  code: string,
  address: string | undefined,
  port: number | undefined,
): SystemError {
  const where = describeTarget(address, port);
  const told = codeOfLibuv(code);
  return withTarget(
    systemError(told, 'listen', `listen ${told}: ${sentenceOf(told)}${where}`),
    address,
    port,
  );
}

/** A path that is too long is EINVAL (Node 24, libuv's UV_PIPE_NO_TRUNCATE; earlier ones cut it short, and meet at another). */
function codeOfLibuv(code: string): string {
  return code === 'ENAMETOOLONG' ? 'EINVAL' : code;
}

/** `getaddrinfo ENOTFOUND no.such.name` */
export function lookupError(code: string, hostname: string): SystemError {
  const error = systemError(code, 'getaddrinfo', `getaddrinfo ${code} ${hostname}`);
  error.hostname = hostname;
  return error;
}

function describeTarget(address: string | undefined, port: number | undefined): string {
  if (port !== undefined && port > 0) return ` ${address}:${port}`;
  return address === undefined || address === '' ? '' : ` ${address}`;
}

function withTarget(error: SystemError, address: string | undefined, port: number | undefined): SystemError {
  if (address !== undefined) error.address = address;
  if (port !== undefined && port > 0) error.port = port;
  return error;
}

/** What several attempts met: Node gives the aggregate the first one's code. */
export function aggregateError(errors: readonly SystemError[]): SystemError {
  const aggregate = new AggregateError([...errors]) as unknown as SystemError;
  aggregate.code = errors[0]?.code ?? 'ERR_SOCKET_CONNECTION_TIMEOUT';
  return aggregate;
}

/** `The "port" argument must be of type number. Received type string ('x')` */
export function invalidArgType(name: string, expected: string, actual: unknown): SystemError {
  const kind = name.includes('.') ? 'property' : 'argument';
  return nodeError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The "${name}" ${kind} must be ${expected}. Received ${describeValue(actual)}`,
  );
}

/** `The argument 'x' is wrong. Received 'y'`, where `reason` says how. */
export function invalidArgValue(name: string, value: unknown, reason = 'is invalid'): SystemError {
  const kind = name.includes('.') ? 'property' : 'argument';
  const shown = inspect(value);
  const received = shown.length > 128 ? `${shown.slice(0, 128)}...` : shown;
  return nodeError(
    TypeError,
    'ERR_INVALID_ARG_VALUE',
    `The ${kind} '${name}' ${reason}. Received ${received}`,
  );
}

/** `The value of "x" is out of range. It must be > 0. Received -1` */
export function outOfRange(name: string, range: string, actual: unknown): SystemError {
  return nodeError(
    RangeError,
    'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${inspect(actual)}`,
  );
}

/** How Node names a value in a message. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const name = value.constructor?.name;
    return name ? `an instance of ${name}` : inspect(value, { depth: -1 });
  }
  const shown = inspect(value, { colors: false });
  return `type ${typeof value} (${shown.length > 28 ? `${shown.slice(0, 25)}...` : shown})`;
}
