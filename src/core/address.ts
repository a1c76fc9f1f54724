import { checkPort, checkText, show } from './arguments.ts';
import { ArgumentError } from './errors.ts';

/** A TCP address. `host` is an IPv4 or IPv6 address, or a name; names are resolved anew for each connection. */
export interface InternetAddress {
  readonly host: string;
  /** 0 to 65535, both included; 0 asks for a free port where one listens. */
  readonly port: number;
}

/** A Unix-domain socket path. */
export interface UnixAddress {
  readonly path: string;
}

export type Address = InternetAddress | UnixAddress;

export function isUnixAddress(address: Address): address is UnixAddress {
  return 'path' in address;
}

/** Throws ArgumentError unless `value` is an address; `name` is the argument's name in the message. */
export function checkAddress(name: string, value: unknown): Address {
  if (typeof value !== 'object' || value === null) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `${name} must be { host, port } or { path }, got ${show(value)}`,
    );
  }
  if ('path' in value) {
    checkText(name, value.path, '.path');
  } else {
    const { host, port } = value as { host?: unknown; port?: unknown };
    checkText(name, host, '.host');
    checkPort(name, port, '.port');
  }
  return value as Address;
}

/** `127.0.0.1:80`, `[::1]:80`, or the path. */
export function formatAddress(address: Address): string {
  checkAddress('address', address);
  if (isUnixAddress(address)) return address.path;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
