// The forms of server.listen: (port?, host?, backlog?, callback?), (path, backlog?, callback?), (options, callback?).
import {
  checkAbortSignal,
  checkPort,
  isPathName,
  normalizeArguments,
  toPositiveNumber,
} from './arguments.js';
import { invalidArgValue } from './node-errors.js';
/** Throws what Node throws on arguments that name no place to listen. */
export function parseListen(args) {
  const [options, callback] = normalizeArguments(args);
  const { signal } = options;
  checkAbortSignal(signal, 'options.signal');
  return { form: parseForm(args, options), callback, signal };
}
function parseForm(args, options) {
  const backlog =
    toPositiveNumber(options.backlog) || toPositiveNumber(args[1]) || toPositiveNumber(args[2]) || undefined;
  const { fd, path, host } = options;
  let { port } = options;
  if (typeof fd === 'number' && fd >= 0) return { kind: 'fd', port: 0 };
  if (args.length === 0 || typeof args[0] === 'function' || port === null) port = 0;
  if (port === undefined && 'port' in options) port = 0;
  if (typeof port === 'number' || typeof port === 'string') {
    return {
      kind: 'internet',
      port: checkPort(port, 'options.port'),
      host: typeof host === 'string' && host !== '' ? host : undefined,
      backlog,
      ipv6Only: Boolean(options.ipv6Only),
    };
  }
  if (isPathName(path)) {
    const access = { readableAll: Boolean(options.readableAll), writableAll: Boolean(options.writableAll) };
    return { kind: 'path', port: 0, path, backlog, access };
  }
  if (!('port' in options || 'path' in options))
    throw invalidArgValue('options', options, 'must have the property "port" or "path"');
  throw invalidArgValue('options', options);
}
