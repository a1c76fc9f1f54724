import type { Patches } from './patches.ts';
/**
 * WebCrypto works in threads, and since Node 24 its jobs look to async_hooks like those of synchronous functions, which nobody waits for:
 * virtual time stands still until the promise settles.
 */
export declare function patchWebCrypto(patches: Patches): void;
