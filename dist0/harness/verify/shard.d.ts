import type { Shard } from '../../sim/index.ts';
/** `2/5`: the second of five parts. */
export declare function parseShard(text: string): Shard;
/** A part, and the variables that said so. */
export interface FoundShard {
  readonly shard: Shard;
  /** One line for the reader. */
  readonly notice: string;
}
/**
 * The part of this job by the variables of its CI service, or null where there are none. Throws ArgumentError where they
 * contradict each other: a part searched twice, or not at all, would go unnoticed.
 */
export declare function shardFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): FoundShard | null;
/** Any text as a seed: a whole number as it is, anything else (a git hash, say) by a hash of its letters. */
export declare function seedOf(text: string): number;
/** Part `thread` of `threads` within a shard. */
export declare function subdivide(shard: Shard, thread: number, threads: number): Shard;
