import { checkInt32 } from './arguments.js';
import { invalidArgValue } from './node-errors.js';
/** A delay in milliseconds as Node hands it to the system: whole seconds in 32 bits, so that Infinity is 0. */
export function keepAliveSeconds(delayMs) {
  return Math.max(0, (Number(delayMs) / 1000) | 0);
}
/** What the constructor was given, as options. */
export function socketOptions(options) {
  return typeof options === 'number' ? { fd: options } : (options ?? {});
}
/** What the stream below is made with; throws on what a socket cannot be. */
export function streamOptions(given) {
  const options = socketOptions(given);
  for (const mode of ['objectMode', 'readableObjectMode', 'writableObjectMode']) {
    if (options[mode]) throw invalidArgValue(`options.${mode}`, options[mode], 'is not supported');
  }
  if (options.fd !== undefined) {
    checkInt32(options.fd, 'fd', 0);
    throw invalidArgValue('options.fd', options.fd, 'cannot be used: this network has no file descriptors');
  }
  return {
    ...options,
    signal: undefined,
    allowHalfOpen: Boolean(options.allowHalfOpen),
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
  };
}
