import type { Patches } from './patches/patches.ts';

interface HasSetTimeout {
  setTimeout(durationMs: number, callback?: () => void): unknown;
}
/** Has objects with this prototype keep their idle time-outs on virtual time. */
export declare function patchIdleTimeouts(patches: Patches, prototype: HasSetTimeout): void;
