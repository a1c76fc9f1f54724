// Copies of `dns.lookup` that were taken before the installation, as by `const { lookup } = require('dns')` in a library: nothing
// can be put in their place. But whichever copy is called asks the machine by one function of Node's own, which is no copy. (That
// of `dns.promises.lookup` asks by a copy, and stays ERR_ESCAPED. It must have been loaded before, or it would take ours.)
import type { Lookup, LookupAddress } from '../../../net/lookup.ts';
import { active } from '../active.ts';
import type { Patches } from './patches.ts';

/** What `dns.lookup` makes of a question: it is told the number of an error, or addresses. */
interface Request {
  oncomplete(error: number | null, addresses?: string[]): void;
}

interface Names {
  getaddrinfo(request: Request, hostname: string, family: number, ...rest: unknown[]): number;
}

/** libuv's number of "no such name", UV_EAI_NONAME. */
const NO_NAME = -3008;

/** Has them answered inside the simulation. Where Node does not let go of the function, using one stays ERR_ESCAPED. */
export function patchLookupCopies(patches: Patches, lookup: Lookup): void {
  const names = namesOf(process as unknown as { binding?(name: string): unknown });
  if (names === null) return;
  patches.set(names, 'getaddrinfo', (request: Request, hostname: string, family: number) => {
    active.quiet?.disown(request);
    lookup(hostname, { family, all: true }, (error, found) => {
      if (error !== null) request.oncomplete(error.errno ?? NO_NAME);
      else
        request.oncomplete(
          null,
          (found as LookupAddress[]).map(({ address }) => address),
        );
    });
    return 0;
  });
}

function namesOf({ binding }: { binding?(name: string): unknown }): Names | null {
  try {
    const names = binding?.call(process, 'cares_wrap') as Partial<Names> | undefined;
    return typeof names?.getaddrinfo === 'function' ? (names as Names) : null;
  } catch {
    // Refused under --permission; gone, perhaps, from a later Node.
    return null;
  }
}
