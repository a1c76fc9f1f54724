// Names are answered inside the simulation, whichever of node:dns's doors is used: functions, promises, or a Resolver.
import dns from 'node:dns';
import type { NetContext } from '../../net/index.ts';
import type { Patches } from './patches.ts';

type Callback = (error: Error | null, ...results: unknown[]) => void;
type Lookup = (hostname: string, options: unknown, callback?: unknown) => void;
type Answer = (...args: unknown[]) => Promise<unknown>;

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

/** Has names resolve to simulated hosts. */
export function patchNames(patches: Patches, context: NetContext): void {
  const lookup = context.lookup as Lookup;
  patches.set(dns, 'lookup', lookup);
  patches.set(dns.promises, 'lookup', (hostname: string, options: object = {}) =>
    lookupAsync(lookup, hostname, options),
  );
  const answers = makeAnswers(lookup);
  for (const [name, answer] of answers) {
    for (const object of [dns.promises, dns.promises.Resolver.prototype])
      if (name in object) patches.set(object, name, answer);
    for (const object of [dns, dns.Resolver.prototype])
      if (name in object) patches.set(object, name, withCallback(answer));
  }
}

function makeAnswers(lookup: Lookup): Map<string, Answer> {
  const addresses = (family: 4 | 6): Answer => {
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
  const answers = new Map<string, Answer>([
    ['resolve4', addresses(4)],
    ['resolve6', addresses(6)],
  ]);
  for (const name of UNANSWERED) {
    const syscall = name === 'reverse' ? 'getHostByAddr' : name.replace('resolve', 'query');
    answers.set(name, (subject) => Promise.reject(queryError(syscall, 'ENODATA', subject)));
  }
  answers.set('resolve', (hostname, type = 'A') => {
    if (type === 'A') return answers.get('resolve4')!(hostname);
    if (type === 'AAAA') return answers.get('resolve6')!(hostname);
    const kind = String(type);
    return Promise.reject(queryError(`query${kind[0]}${kind.slice(1).toLowerCase()}`, 'ENODATA', hostname));
  });
  return answers;
}

function withCallback(answer: Answer): (...args: unknown[]) => unknown {
  return (...args) => {
    const callback = args.pop() as Callback;
    answer(...args).then(
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
