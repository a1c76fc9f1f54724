// The forms of server.listen: (port?, host?, backlog?, callback?), (path, backlog?, callback?), (options, callback?).
import {
  checkAbortSignal,
  checkPort,
  isPathName,
  normalizeArguments,
  toPositiveNumber,
} from './arguments.ts';
import { invalidArgValue } from './node-errors.ts';
import type { PathAccess } from './socket-files.ts';

/** Earlier versions pass over the option `reusePort`. */
const HAS_REUSE_PORT = hasReusePort(process.versions.node);

function hasReusePort(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 1) || (major === 22 && minor >= 12);
}

/** Where to listen. */
export interface ListenForm {
  readonly kind: 'internet' | 'path' | 'fd';
  readonly port: number;
  /** A name or an address; undefined for every address of the machine. */
  readonly host?: string;
  readonly path?: string;
  readonly backlog?: number;
  readonly ipv6Only?: boolean;
  /** Whether others who ask for the same may listen on the port, too. */
  readonly reusePort?: boolean;
  /** For a path. */
  readonly access?: PathAccess;
}

export interface ListenArguments {
  readonly form: ListenForm;
  readonly callback: ((...values: unknown[]) => void) | null;
  readonly signal: AbortSignal | undefined;
}

/** Throws what Node throws on arguments that name no place to listen. */
export function parseListen(args: readonly unknown[]): ListenArguments {
  const [options, callback] = normalizeArguments(args);
  const { signal } = options;
  checkAbortSignal(signal, 'options.signal');
  return { form: parseForm(args, options), callback, signal };
}

function parseForm(args: readonly unknown[], options: Record<string, unknown>): ListenForm {
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
      reusePort: HAS_REUSE_PORT && options.reusePort === true,
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
