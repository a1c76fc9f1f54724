import type { Lookup } from '../../../net/lookup.ts';
import type { Patches } from './patches.ts';
/** Has them answered inside the simulation. Where Node does not let go of the function, using one stays ERR_ESCAPED. */
export declare function patchLookupCopies(patches: Patches, lookup: Lookup): void;
