import { active } from '../active.js';

/** libuv's number of "no such name", UV_EAI_NONAME. */
const NO_NAME = -3008;
/** Has them answered inside the simulation. Where Node does not let go of the function, using one stays ERR_ESCAPED. */
export function patchLookupCopies(patches, lookup) {
  const names = namesOf(process);
  if (names === null) return;
  patches.set(names, 'getaddrinfo', (request, hostname, family) => {
    active.quiet?.disown(request);
    lookup(hostname, { family, all: true }, (error, found) => {
      if (error !== null) request.oncomplete(error.errno ?? NO_NAME);
      else
        request.oncomplete(
          null,
          found.map(({ address }) => address),
        );
    });
    return 0;
  });
}
function namesOf({ binding }) {
  try {
    const names = binding?.call(process, 'cares_wrap');
    return typeof names?.getaddrinfo === 'function' ? names : null;
  } catch {
    // Refused under --permission; gone, perhaps, from a later Node.
    return null;
  }
}
