import { ArgumentError } from '../../core/index.ts';
import type { Shard } from '../../sim/index.ts';

/** The variables of the usual CI services: this job's number, how many there are, and whether numbers begin at 1. */
const VARIABLES: readonly (readonly [index: string, count: string, first: 0 | 1])[] = [
  ['CI_NODE_INDEX', 'CI_NODE_TOTAL', 1],
  ['CIRCLE_NODE_INDEX', 'CIRCLE_NODE_TOTAL', 0],
  ['BUILDKITE_PARALLEL_JOB', 'BUILDKITE_PARALLEL_JOB_COUNT', 0],
  ['JOB_COMPLETION_INDEX', 'JOB_COMPLETIONS', 0],
  ['SEMAPHORE_JOB_INDEX', 'SEMAPHORE_JOB_COUNT', 1],
];

/** `2/5`: the second of five parts. */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const part = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match === null || part < 1 || part > count) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `a shard must be I/N with I from 1 to N, as in 2/5, got "${text}"`,
    );
  }
  return { index: part - 1, count };
}

/** The part of this job by the variables of its CI service, or null where there are none. */
export function shardFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Shard | null {
  for (const [indexName, countName, first] of VARIABLES) {
    const index = Number(environment[indexName] ?? Number.NaN) - first;
    const count = Number(environment[countName] ?? Number.NaN);
    if (Number.isInteger(index) && Number.isInteger(count) && count > 0 && index >= 0 && index < count)
      return { index, count };
  }
  return null;
}

/** Any text as a seed: a whole number as it is, anything else (a git hash, say) by a hash of its letters. */
export function seedOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 1;
}

/** Part `thread` of `threads` within a shard. */
export function subdivide(shard: Shard, thread: number, threads: number): Shard {
  return { index: shard.index + shard.count * thread, count: shard.count * threads };
}
