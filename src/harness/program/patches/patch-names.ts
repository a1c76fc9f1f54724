// Names are answered inside the simulation, whichever of node:dns's doors is used: functions, promises, or a Resolver.
import dns from 'node:dns';
import { isIP } from 'node:net';
import { checkPort } from '../../../net/arguments.ts';
import type { NetContext } from '../../../net/index.ts';
import { invalidArgType, invalidArgValue } from '../../../net/node-errors.ts';
import {
  askServers,
  DnsError,
  formatRecords,
  type NameServer,
  parseServer,
  reverseName,
} from '../datagrams/dns-client.ts';
import { type Answer, patchQueryCopies, type ResolverServers } from './patch-query-copies.ts';
import type { Patches } from './patches.ts';

type Callback = (error: Error | null, ...results: unknown[]) => void;
type Lookup = (hostname: string, options: unknown, callback?: unknown) => void;

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
export function patchNames(patches: Patches, context: NetContext): void {
  const lookup = context.lookup as Lookup;
  patches.set(
    dns,
    'lookup',
    promisifiedAs(dns.lookup, (...args: Parameters<Lookup>) => lookup(...args)),
  );
  patches.set(dns.promises, 'lookup', (hostname: string, options: unknown = {}) =>
    lookupAsync(lookup, hostname, options),
  );
  const servers = new Servers();
  const answers = makeAnswers(lookup, servers);
  for (const [object, isResolver] of [
    [dns.promises, false],
    [dns.promises.Resolver.prototype, true],
    [dns, false],
    [dns.Resolver.prototype, true],
  ] as const) {
    const hasPromises = object === dns.promises || object === dns.promises.Resolver.prototype;
    const keyOf = (resolver: object): object => (isResolver ? handleOf(resolver) : dns);
    for (const [name, answer] of answers)
      if (name in object)
        patches.set(
          object,
          name,
          hasPromises
            ? withPromise(name, answer, keyOf)
            : promisifiedAs(Reflect.get(object, name), withCallback(name, answer, keyOf)),
        );
    servers.patch(patches, object, keyOf);
  }
  patchQueryCopies(patches, answers, servers);
}

/** With what `util.promisify` looks for: the names of several results, under a symbol of Node's. */
function promisifiedAs<Given extends object>(genuine: object, given: Given): Given {
  for (const symbol of Object.getOwnPropertySymbols(genuine))
    Object.defineProperty(
      given,
      symbol,
      Object.getOwnPropertyDescriptor(genuine, symbol) as PropertyDescriptor,
    );
  return given;
}

/** What a resolver asks with: the same, whether one of its methods or a copy of it is called. */
function handleOf(resolver: object): object {
  return (resolver as { _handle?: object })._handle ?? resolver;
}

/** Which servers a resolver was given; the functions of dns itself share theirs. */
class Servers implements ResolverServers {
  private readonly given = new WeakMap<object, readonly string[]>();
  private readonly underWay = new WeakMap<object, Set<AbortController>>();

  of(resolver: object): readonly NameServer[] | null {
    return this.given.get(resolver)?.map(parseServer) ?? null;
  }

  /** Asks with what tells that the resolver's questions are cancelled. */
  async ask<Result>(resolver: object, ask: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    const all = this.underWay.get(resolver) ?? new Set();
    this.underWay.set(resolver, all.add(controller));
    try {
      return await ask(controller.signal);
    } finally {
      all.delete(controller);
    }
  }

  has(resolver: object): boolean {
    return this.given.has(resolver);
  }

  give(resolver: object, servers: readonly string[]): void {
    this.given.set(resolver, servers);
  }

  cancel(resolver: object): void {
    for (const controller of this.underWay.get(resolver) ?? []) controller.abort();
  }

  patch(patches: Patches, object: object, keyOf: (resolver: object) => object): void {
    const { given } = this;
    const { getServers } = object as typeof dns;
    patches.set(object, 'setServers', function (this: object, servers: readonly string[]) {
      if (!Array.isArray(servers)) throw invalidArgType('servers', 'an instance of Array', servers);
      servers.forEach((server, index) => {
        if (typeof server !== 'string') throw invalidArgType(`servers[${index}]`, 'of type string', server);
      });
      servers.forEach(parseServer);
      // Without the gaps of a sparse list.
      given.set(
        keyOf(this),
        servers.filter(() => true),
      );
    });
    const cancel = (resolver: object): void => this.cancel(resolver);
    if ('cancel' in object)
      patches.set(object, 'cancel', function (this: object) {
        cancel(keyOf(this));
      });
    patches.set(object, 'getServers', function (this: object) {
      return [...(given.get(keyOf(this)) ?? Reflect.apply(getServers, this, []))];
    });
  }
}

function makeAnswers(lookup: Lookup, servers: Servers): Map<string, Answer> {
  const simulated = makeSimulatedAnswers(lookup);
  const answers = new Map<string, Answer>();
  const answer = (type: string, syscall: string, find: Find): Answer => {
    return async (resolver, subject, options) => {
      const asked = servers.of(resolver);
      if (asked === null) return find(subject, options);
      const name = syscall === 'getHostByAddr' ? reverseName(String(subject)) : String(subject);
      try {
        const records = await servers.ask(resolver, (signal) => askServers(asked, { name, type }, signal));
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
    const found = answers.get(`resolve${METHODS[String(type)]}`) as Answer;
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

/** Throws on what Node's own functions refuse at the call: a subject that is no string, an unknown type. */
function checkQuery(method: string, args: readonly unknown[]): void {
  const [subject, type = 'A'] = args;
  if (method === 'lookupService') {
    if (isIP(subject as string) === 0) throw invalidArgValue('address', subject);
    checkPort(args[1]);
    return;
  }
  if (method === 'resolve') {
    if (typeof type !== 'string') throw invalidArgType('rrtype', 'of type string', type);
    if (!Object.hasOwn(METHODS, type)) throw invalidArgValue('rrtype', type);
  }
  if (typeof subject !== 'string') throw invalidArgType('name', 'of type string', subject);
}

type Method = (this: object, ...args: unknown[]) => unknown;

function withPromise(method: string, answer: Answer, keyOf: (resolver: object) => object): Method {
  return function (this: object, ...args) {
    checkQuery(method, args);
    return answer(keyOf(this), ...args);
  };
}

function withCallback(method: string, answer: Answer, keyOf: (resolver: object) => object): Method {
  return function (this: object, ...given) {
    const args = typeof given.at(-1) === 'function' ? given.slice(0, -1) : given;
    checkQuery(method, args);
    const callback = given.at(-1) as Callback;
    if (args === given) throw invalidArgType('callback', 'of type function', given[1]);
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

/** Bad arguments are thrown, and do not reject, as in Node. */
function lookupAsync(lookup: Lookup, hostname: string, options: unknown): Promise<unknown> {
  if (typeof options === 'function')
    throw invalidArgType('options', 'one of type integer or object', options);
  const isAll = (options as { all?: boolean } | null)?.all === true;
  let settle!: (error: Error | null, address: unknown, family?: number) => void;
  const found = new Promise((resolve, reject) => {
    settle = (error, address, family) => {
      if (error !== null) reject(error);
      else resolve(isAll ? address : { address, family });
    };
  });
  lookup(hostname, options, settle);
  return found;
}
