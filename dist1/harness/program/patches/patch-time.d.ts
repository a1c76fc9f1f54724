import type { Patches } from './patches.ts';
/**
 * Puts the program's time on the line that is installed. Other fake timers may hide these functions, and put them back when
 * nothing is installed any more: then they are as Node's own. Gives what tells the name of one that was taken away.
 */
export declare function patchTime(patches: Patches, uptimeMs: number, startMs: number): () => string | null;
