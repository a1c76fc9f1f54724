import type { Patches } from './patches.ts';
export declare function patchHttp2(patches: Patches): void;
