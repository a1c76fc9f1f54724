// What would leave the simulation: names are answered inside it, datagrams are refused at the call.
import dgram from 'node:dgram';
import dns from 'node:dns';
import type { NetContext } from '../../net/index.ts';
import { callSite, captureStack, ProgramError } from './errors.ts';
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
  'resolveTxt',
  'reverse',
] as const;

/** Has names resolve to simulated hosts, and refuses datagrams; `onEscape` is told the call. */
export function patchOutside(patches: Patches, context: NetContext, onEscape: (site: string) => void): void {
  const lookup = context.lookup as Lookup;
  patches.set(dns, 'lookup', lookup);
  patches.set(dns.promises, 'lookup', (hostname: string, options: object = {}) =>
    lookupAsync(lookup, hostname, options),
  );
  for (const [name, family] of [
    ['resolve4', 4],
    ['resolve6', 6],
    ['resolve', 4],
  ] as const) {
    const resolve = (hostname: string): Promise<string[]> =>
      lookupAsync(lookup, hostname, { family, all: true }).then((found) =>
        (found as { address: string }[]).map(({ address }) => address),
      );
    patches.set(dns.promises, name, resolve);
    patches.set(dns, name, (hostname: string, ...rest: unknown[]) => {
      const callback = rest.at(-1) as Callback;
      resolve(hostname).then((addresses) => callback(null, addresses), callback);
    });
  }
  for (const name of UNANSWERED) {
    const answer = (subject: unknown): Error =>
      Object.assign(new Error(`query${name.replace('resolve', '')} ENODATA ${String(subject)}`), {
        code: 'ENODATA',
        syscall: name,
        hostname: subject,
      });
    patches.set(dns.promises, name, (subject: unknown) => Promise.reject(answer(subject)));
    patches.set(dns, name, (subject: unknown, ...rest: unknown[]) => {
      process.nextTick(rest.at(-1) as Callback, answer(subject));
    });
  }
  const createSocket = (..._args: unknown[]): never => {
    const site = `dgram.createSocket() called ${callSite(captureStack(createSocket))}`;
    onEscape(site);
    throw new ProgramError('ERR_ESCAPED', `${site} would leave the simulation: it has no datagrams`);
  };
  patches.set(dgram, 'createSocket', createSocket);
}

function lookupAsync(lookup: Lookup, hostname: string, options: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    lookup(hostname, options, (error: Error | null, address: unknown, family?: number) => {
      if (error !== null) reject(error);
      else resolve((options as { all?: boolean }).all ? address : { address, family });
    });
  });
}
