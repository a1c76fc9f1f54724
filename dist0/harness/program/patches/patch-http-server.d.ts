import type { Patches } from './patches.ts';
/** Watches the servers of http and https; `nowMs` reads virtual time. */
export declare function patchHttpServer(patches: Patches, nowMs: () => number): void;
