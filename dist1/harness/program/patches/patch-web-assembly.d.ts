import type { Patches } from './patches.ts';
/** Compiling happens in the engine's own threads, which nobody sees: virtual time stands still for it. */
export declare function patchWebAssembly(patches: Patches): void;
