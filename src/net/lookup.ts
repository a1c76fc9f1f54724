// dns.lookup over a transport's own names, with Node's checks and errors.
import { ADDRCONFIG, ALL, V4MAPPED } from 'node:dns';
import { isIP } from 'node:net';
import type { Clock, ResolvedAddress } from '../core/index.ts';
import { checkBoolean, checkFunction, checkNumber } from './arguments.ts';
import type { NetHost } from './context.ts';
import { invalidArgType, invalidArgValue, lookupError, type SystemError } from './node-errors.ts';
import type { OpenHandle } from './open-handle.ts';
import { asTask } from './task.ts';

export interface LookupOptions {
  family?: number | 'IPv4' | 'IPv6';
  hints?: number;
  all?: boolean;
  verbatim?: boolean;
}

export interface LookupAddress {
  address: string;
  family: number;
}

export type LookupCallback = (
  error: SystemError | null,
  address?: string | LookupAddress[],
  family?: number,
) => void;

export type Lookup = (hostname: string, options: LookupOptions, callback: LookupCallback) => void;

/** `dns.lookup(hostname, [options], callback)` answered by `host`'s transport; throws on arguments that dns.lookup refuses. */
export function createLookup(
  host: () => NetHost,
  openHandles: Set<OpenHandle>,
): (hostname: string, options: unknown, callback?: unknown) => void {
  return (hostname, options, callback) => {
    const settings = typeof options === 'function' ? {} : options;
    const done = (typeof options === 'function' ? options : callback) as LookupCallback;
    const query = checkQuery(hostname, settings, done);
    const machine = host();
    const pending = new PendingLookup(hostname, machine.clock);
    openHandles.add(pending);
    resolve(machine, hostname, query.family, (error, found) => {
      openHandles.delete(pending);
      if (error !== null) done(error);
      else if (query.all) done(null, found);
      else if (!hostname) done(null, null as never, query.family === 6 ? 6 : 4);
      else if (found.length === 0) done(lookupError('ENOTFOUND', hostname));
      else done(null, found[0].address, found[0].family);
    });
  };
}

/** A process waits for its lookups. */
class PendingLookup implements OpenHandle {
  readonly kind = 'lookup';
  readonly origin = undefined;
  readonly keepsAlive = true;
  readonly clock: Clock;
  private readonly hostname: string;

  constructor(hostname: string, clock: Clock) {
    this.hostname = hostname;
    this.clock = clock;
  }

  describe(): string {
    return `lookup of ${this.hostname}`;
  }

  /** An answer comes, or nothing more does. */
  dispose(): void {}
}

interface Query {
  readonly family: 0 | 4 | 6;
  readonly all: boolean;
}

function checkQuery(hostname: unknown, options: unknown, callback: unknown): Query {
  if (hostname && typeof hostname !== 'string') throw invalidArgType('hostname', 'of type string', hostname);
  checkFunction(callback, 'callback');
  if (typeof options === 'number') return { family: checkFamily(options), all: false };
  if (options === undefined || options === null) return { family: 0, all: false };
  if (typeof options !== 'object') throw invalidArgType('options', 'one of type integer or object', options);
  const { family, hints, all, verbatim } = options as LookupOptions;
  if (hints !== undefined && hints !== null) checkHints(checkNumber(hints, 'options.hints'));
  if (all !== undefined && all !== null) checkBoolean(all, 'options.all');
  if (verbatim !== undefined && verbatim !== null) checkBoolean(verbatim, 'options.verbatim');
  return {
    family: family === undefined || family === null ? 0 : checkFamily(family, 'options.family'),
    all: all === true,
  };
}

function checkFamily(family: unknown, name = 'family'): 0 | 4 | 6 {
  if (family === 0 || family === 4 || family === 6) return family;
  if (family === 'IPv4') return 4;
  if (family === 'IPv6') return 6;
  throw invalidArgValue(name, family, 'must be one of: 0, 4, 6');
}

function checkHints(hints: number): void {
  if ((hints & ~(ADDRCONFIG | ALL | V4MAPPED)) !== 0) throw invalidArgValue('hints', hints);
}

type Answer = (error: SystemError | null, addresses: LookupAddress[]) => void;

function resolve(host: NetHost, hostname: string, family: 0 | 4 | 6, answer: Answer): void {
  const literal = isIP(hostname);
  if (literal !== 0 || !hostname) {
    const found = literal === 0 ? [] : [{ address: hostname, family: literal }];
    process.nextTick(answer, null, found);
    return;
  }
  const { transport } = host;
  if (transport.resolve === undefined) {
    process.nextTick(answer, lookupError('ENOTFOUND', hostname), []);
    return;
  }
  const answerSoon = asTask('GETADDRINFOREQWRAP', answer);
  transport.resolve(hostname, family, (error, addresses) => {
    if (error !== null || addresses.length === 0)
      answerSoon(lookupError(error?.code ?? 'ENOTFOUND', hostname), []);
    else answerSoon(null, addresses.map(asLookupAddress));
  });
}

function asLookupAddress({ address, family }: ResolvedAddress): LookupAddress {
  return { address, family };
}
