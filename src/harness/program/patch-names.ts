// Names are answered inside the simulation, whichever of node:dns's doors is used: functions, promises, or a Resolver.
import dns from 'node:dns';
import type { NetContext } from '../../net/index.ts';
import {
  askServers,
  DnsError,
  formatRecords,
  type NameServer,
  parseServer,
  reverseName,
} from './datagrams/dns-client.ts';
import type { DatagramSocketClass } from './datagrams/socket.ts';
import type { Patches } from './patches.ts';

type Callback = (error: Error | null, ...results: unknown[]) => void;
type Lookup = (hostname: string, options: unknown, callback?: unknown) => void;
type Answer = (resolver: object, ...args: unknown[]) => Promise<unknown>;

/** The names of simulated hosts have addresses and nothing else: the answer is ENODATA, as of a real server. */
const UNANSWERED = [
  'lookupService',
  'resolveAny',
  'resolveCaa',
  'resolveCname',
  'resolveMx',
  'resolveNaptr',
  'resolveNs',
  'resolvePtr',
  'resolveSoa',
  'resolveSrv',
  'resolveTlsa',
  'resolveTxt',
  'reverse',
] as const;

/** How long an answer may be kept, in seconds, where somebody asks. Nothing in a simulation changes its address. */
const TTL_SECONDS = 60;

/** The subject of a query, and what was found for it. */
type Find = (subject: unknown, options: unknown) => Promise<unknown>;

/** Has names resolve to simulated hosts; a resolver that was given servers asks those, by datagram. */
export function patchNames(patches: Patches, context: NetContext, Datagrams: DatagramSocketClass): void {
  const lookup = context.lookup as Lookup;
  patches.set(dns, 'lookup', lookup);
  patches.set(dns.promises, 'lookup', (hostname: string, options: object = {}) =>
    lookupAsync(lookup, hostname, options),
  );
  const servers = new Servers();
  const answers = makeAnswers(lookup, servers, Datagrams);
  for (const [object, isResolver] of [
    [dns.promises, false],
    [dns.promises.Resolver.prototype, true],
    [dns, false],
    [dns.Resolver.prototype, true],
  ] as const) {
    const hasPromises = object === dns.promises || object === dns.promises.Resolver.prototype;
    const keyOf = (resolver: object): object => (isResolver ? resolver : dns);
    for (const [name, answer] of answers)
      if (name in object)
        patches.set(object, name, hasPromises ? withPromise(answer, keyOf) : withCallback(answer, keyOf));
    servers.patch(patches, object, keyOf);
  }
}

/** Which servers a resolver was given; the functions of dns itself share theirs. */
class Servers {
  private readonly given = new WeakMap<object, readonly string[]>();

  of(resolver: object): readonly NameServer[] | null {
    return this.given.get(resolver)?.map(parseServer) ?? null;
  }

  patch(patches: Patches, object: object, keyOf: (resolver: object) => object): void {
    const { given } = this;
    const { getServers } = object as typeof dns;
    patches.set(object, 'setServers', function (this: object, servers: readonly string[]) {
      servers.forEach(parseServer);
      given.set(keyOf(this), [...servers]);
    });
    patches.set(object, 'getServers', function (this: object) {
      return [...(given.get(keyOf(this)) ?? Reflect.apply(getServers, this, []))];
    });
  }
}

function makeAnswers(lookup: Lookup, servers: Servers, Datagrams: DatagramSocketClass): Map<string, Answer> {
  const simulated = makeSimulatedAnswers(lookup);
  const answers = new Map<string, Answer>();
  const answer = (type: string, syscall: string, find: Find): Answer => {
    return async (resolver, subject, options) => {
      const asked = servers.of(resolver);
      if (asked === null) return find(subject, options);
      const name = syscall === 'getHostByAddr' ? reverseName(String(subject)) : String(subject);
      try {
        const records = await askServers(Datagrams, asked, { name, type });
        return formatRecords(records, type, (options as { ttl?: boolean } | undefined)?.ttl === true);
      } catch (error) {
        if (error instanceof DnsError) throw queryError(syscall, error.code, subject);
        throw error;
      }
    };
  };
  for (const [name, find] of simulated) {
    const type = typeOf(name);
    // `lookupService` asks the machine, not a server.
    answers.set(
      name,
      type === '' ? (_resolver, ...rest) => find(rest[0], rest[1]) : answer(type, syscallOf(name), find),
    );
  }
  answers.set('resolve', (resolver, hostname, type = 'A') => {
    const name = `resolve${METHODS[String(type)] ?? ''}`;
    const found = answers.get(name);
    if (found === undefined || name === 'resolve')
      throw Object.assign(new TypeError(`The argument 'rrtype' is invalid. Received '${String(type)}'`), {
        code: 'ERR_INVALID_ARG_VALUE',
      });
    return found(resolver, hostname, undefined);
  });
  return answers;
}

/** What follows `resolve` in the names of the methods, by type. */
const METHODS: Readonly<Record<string, string>> = {
  A: '4',
  AAAA: '6',
  ANY: 'Any',
  CAA: 'Caa',
  CNAME: 'Cname',
  MX: 'Mx',
  NAPTR: 'Naptr',
  NS: 'Ns',
  PTR: 'Ptr',
  SOA: 'Soa',
  SRV: 'Srv',
  TLSA: 'Tlsa',
  TXT: 'Txt',
};

function typeOf(method: string): string {
  if (method === 'reverse') return 'PTR';
  return Object.keys(METHODS).find((type) => `resolve${METHODS[type]}` === method) ?? '';
}

function syscallOf(method: string): string {
  if (method === 'reverse') return 'getHostByAddr';
  if (method === 'resolve4') return 'queryA';
  if (method === 'resolve6') return 'queryAaaa';
  return method.replace('resolve', 'query');
}

/** Answers about simulated hosts, without servers. */
function makeSimulatedAnswers(lookup: Lookup): Map<string, Find> {
  const addresses = (family: 4 | 6): Find => {
    return async (hostname, options) => {
      const syscall = family === 4 ? 'queryA' : 'queryAaaa';
      const found = (await lookupAsync(lookup, hostname as string, { family, all: true }).catch(() => {
        throw queryError(syscall, 'ENOTFOUND', hostname);
      })) as { address: string }[];
      if (found.length === 0) throw queryError(syscall, 'ENODATA', hostname);
      const hasTtl = (options as { ttl?: boolean } | undefined)?.ttl === true;
      return found.map(({ address }) => (hasTtl ? { address, ttl: TTL_SECONDS } : address));
    };
  };
  const answers = new Map<string, Find>([
    ['resolve4', addresses(4)],
    ['resolve6', addresses(6)],
  ]);
  for (const name of UNANSWERED)
    answers.set(name, (subject) => Promise.reject(queryError(syscallOf(name), 'ENODATA', subject)));
  return answers;
}

function withPromise(answer: Answer, keyOf: (resolver: object) => object): (...args: unknown[]) => unknown {
  return function (this: object, ...args) {
    return answer(keyOf(this), ...args);
  };
}

function withCallback(answer: Answer, keyOf: (resolver: object) => object): (...args: unknown[]) => unknown {
  return function (this: object, ...args) {
    const callback = args.pop() as Callback;
    answer(keyOf(this), ...args).then(
      (found) => process.nextTick(callback, null, found),
      (error) => process.nextTick(callback, error),
    );
    // A QueryReqWrap in Node; nobody looks inside.
    return {};
  };
}

function queryError(syscall: string, code: string, hostname: unknown): Error {
  return Object.assign(new Error(`${syscall} ${code} ${String(hostname)}`), { code, syscall, hostname });
}

function lookupAsync(lookup: Lookup, hostname: string, options: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    lookup(hostname, options, (error: Error | null, address: unknown, family?: number) => {
      if (error !== null) reject(error);
      else resolve((options as { all?: boolean }).all ? address : { address, family });
    });
  });
}
