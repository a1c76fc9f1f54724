import type { Patches } from './patches.ts';
/** Has datagrams go between simulated hosts. */
export declare function patchOutside(patches: Patches): void;
