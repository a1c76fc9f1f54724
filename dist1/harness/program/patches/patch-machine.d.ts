import type { Host } from '../../../sim/index.ts';
import type { Patches } from './patches.ts';
/** Has node:os speak of the host whose code is running. */
export declare function patchMachine(patches: Patches, host: () => Host): void;
