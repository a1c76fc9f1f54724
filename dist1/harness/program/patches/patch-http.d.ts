import type { Patches } from './patches.ts';
/** Puts the Date header on virtual time, and gives the test agents and a fetch dispatcher of its own. */
export declare function patchHttp(patches: Patches): void;
