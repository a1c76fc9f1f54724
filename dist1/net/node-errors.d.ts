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
export declare function nodeError(Base: ErrorClass, code: string, message: string): SystemError;
/** libuv's number for an errno name; undefined if it has none. */
export declare function errnoOf(code: string): number | undefined;
/** `read ECONNRESET` */
export declare function errnoError(code: string, syscall: string): SystemError;
/** `connect ECONNREFUSED 127.0.0.1:80 - Local (127.0.0.1:5000)` */
export declare function addressError(
  code: string,
  syscall: string,
  target: {
    readonly address?: string;
    readonly port?: number;
    readonly local?: string;
  },
): SystemError;
/** `listen EADDRINUSE: address already in use 127.0.0.1:80` */
export declare function listenError(
  code: string,
  address: string | undefined,
  port: number | undefined,
): SystemError;
/** `getaddrinfo ENOTFOUND no.such.name` */
export declare function lookupError(code: string, hostname: string): SystemError;
/** What several attempts met: Node gives the aggregate the first one's code. */
export declare function aggregateError(errors: readonly SystemError[]): SystemError;
/** `The "port" argument must be of type number. Received type string ('x')` */
export declare function invalidArgType(name: string, expected: string, actual: unknown): SystemError;
/** `The argument 'x' is wrong. Received 'y'`, where `reason` says how. */
export declare function invalidArgValue(name: string, value: unknown, reason?: string): SystemError;
/** `The value of "x" is out of range. It must be > 0. Received -1` */
export declare function outOfRange(name: string, range: string, actual: unknown): SystemError;
/** How Node names a value in a message. */
export declare function describeValue(value: unknown): string;
