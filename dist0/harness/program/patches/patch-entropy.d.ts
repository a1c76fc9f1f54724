import type { Patches } from './patches.ts';
/** Seeds Math.random and node:crypto's random functions. Keys that node:crypto generates are not among them. */
export declare function patchEntropy(patches: Patches, seed: number): void;
