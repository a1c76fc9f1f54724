import { checkPort, checkText, show } from './arguments.js';
import { ArgumentError } from './errors.js';
export function isUnixAddress(address) {
  return 'path' in address;
}
/** Throws ArgumentError unless `value` is an address; `name` is the argument's name in the message. */
export function checkAddress(name, value) {
  if (typeof value !== 'object' || value === null) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `${name} must be { host, port } or { path }, got ${show(value)}`,
    );
  }
  if ('path' in value) {
    checkText(name, value.path, '.path');
  } else {
    const { host, port } = value;
    checkText(name, host, '.host');
    checkPort(name, port, '.port');
  }
  return value;
}
/** `127.0.0.1:80`, `[::1]:80`, or the path. */
export function formatAddress(address) {
  if (isUnixAddress(address)) return address.path;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
