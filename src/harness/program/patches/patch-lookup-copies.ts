// Copies of `dns.lookup` that were taken before the installation, as by `const { lookup } = require('dns')` in a library: nothing
// can be put in their place. But whichever copy is called asks the machine by one function of Node's own, which is no copy. (That
// of `dns.promises.lookup` asks by a copy, and stays ERR_ESCAPED. It must have been loaded before, or it would take ours.)
import type { Lookup, LookupAddress } from '../../../net/lookup.ts';
import { active } from '../active.ts';
import { type NativeLookup, nativeNames } from './native-names.ts';
import type { Patches } from './patches.ts';

/** libuv's number of "no such name", UV_EAI_NONAME. */
const NO_NAME = -3008;

/** Has them answered inside the simulation. Where Node does not let go of the function, using one stays ERR_ESCAPED. */
export function patchLookupCopies(patches: Patches, lookup: Lookup): void {
  const names = nativeNames();
  if (names === null) return;
  patches.set(names, 'getaddrinfo', (request: NativeLookup, hostname: string, family: number) => {
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
