// Copies of `dns.resolve4` and its kin that were taken before the installation, as by `promisify(dns.resolveSrv)` in a library: nothing can
// be put in their place. But whichever copy is called asks by a method of Node's own resolver handle, which is no copy.
import dns from 'node:dns';
import { active } from '../active.ts';
import { nativeNames } from './native-names.ts';
import type { Patches } from './patches.ts';

/** What a resolver, or its handle, is told about `args`. */
export type Answer = (resolver: object, ...args: unknown[]) => Promise<unknown>;

/** Which servers resolvers were given. */
export interface ResolverServers {
  has(resolver: object): boolean;
  give(resolver: object, servers: readonly string[]): void;
  cancel(resolver: object): void;
}

/** What node:dns makes of a question: it is told the code of an error, or records, and how long each may be kept. */
interface Query {
  /** Whether it was asked for `ttl`. */
  readonly ttl?: boolean;
  oncomplete(code: string | null, records?: unknown, ttls?: number[]): void;
}

/** By the handle's methods, which functions of node:dns ask with them. */
const METHODS: Readonly<Record<string, string>> = {
  queryA: 'resolve4',
  queryAaaa: 'resolve6',
  queryAny: 'resolveAny',
  queryCaa: 'resolveCaa',
  queryCname: 'resolveCname',
  queryMx: 'resolveMx',
  queryNaptr: 'resolveNaptr',
  queryNs: 'resolveNs',
  queryPtr: 'resolvePtr',
  querySoa: 'resolveSoa',
  querySrv: 'resolveSrv',
  queryTlsa: 'resolveTlsa',
  queryTxt: 'resolveTxt',
  getHostByAddr: 'reverse',
};

/** Has them answered inside the simulation. Where Node does not let go of the handle, using one stays ERR_ESCAPED. */
export function patchQueryCopies(
  patches: Patches,
  answers: ReadonlyMap<string, Answer>,
  servers: ResolverServers,
): void {
  const prototype = nativeNames()?.ChannelWrap?.prototype;
  if (prototype === undefined) return;
  // That of dns itself is known to nobody; it is the one that was given no servers.
  const keyOf = (handle: object): object => (servers.has(handle) ? handle : dns);
  for (const [native, method] of Object.entries(METHODS)) {
    const answer = answers.get(method);
    if (!(native in prototype) || answer === undefined) continue;
    patches.set(prototype, native, function (this: object, request: Query, subject: string) {
      active.quiet?.disown(request);
      answer(keyOf(this), subject, { ttl: request.ttl }).then(
        (records) => tell(request, records),
        (error: { code: string }) => request.oncomplete(error.code),
      );
      return 0;
    });
  }
  patches.set(prototype, 'setServers', function (this: object, given: readonly [number, string, number][]) {
    servers.give(
      this,
      given.map(([family, address, port]) => (family === 6 ? `[${address}]:${port}` : `${address}:${port}`)),
    );
    return 0;
  });
  patches.set(prototype, 'cancel', function (this: object) {
    servers.cancel(keyOf(this));
  });
}

function tell(request: Query, records: unknown): void {
  if (request.ttl !== true || !Array.isArray(records)) request.oncomplete(null, records);
  else
    request.oncomplete(
      null,
      records.map(({ address }) => address),
      records.map(({ ttl }) => ttl),
    );
}
