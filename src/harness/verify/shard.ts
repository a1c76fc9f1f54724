import { ArgumentError } from '../../core/index.ts';
import type { Shard } from '../../sim/index.ts';

/** A CI service's variables: this job's number, how many there are, and whether numbers begin at 1. */
interface Service {
  readonly index: string;
  readonly count: string;
  readonly first: 0 | 1;
  /** Set by this service only, where others have the same variables. */
  readonly mark?: string;
  /** Set by another service that has the same variables. */
  readonly unless?: string;
}

const SERVICES: readonly Service[] = [
  { index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 1, mark: 'GITLAB_CI' },
  { index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 0, unless: 'GITLAB_CI' },
  { index: 'CIRCLE_NODE_INDEX', count: 'CIRCLE_NODE_TOTAL', first: 0 },
  { index: 'BUILDKITE_PARALLEL_JOB', count: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
  { index: 'JOB_COMPLETION_INDEX', count: 'JOB_COMPLETIONS', first: 0 },
  { index: 'SEMAPHORE_JOB_INDEX', count: 'SEMAPHORE_JOB_COUNT', first: 1 },
  { index: 'SYSTEM_JOBPOSITIONINPHASE', count: 'SYSTEM_TOTALJOBSINPHASE', first: 1 },
];

/** `2/5`: the second of five parts. */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const part = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match === null || part < 1 || part > count) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `must be I/N with I from 1 to N, as in 2/5, got "${text}"`,
    );
  }
  return { index: part - 1, count };
}

/** A part, and the variables that said so. */
export interface FoundShard {
  readonly shard: Shard;
  /** One line for the reader. */
  readonly notice: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The part of this job by the variables of its CI service, or null where there are none. Throws ArgumentError where they
 * contradict each other: a part searched twice, or not at all, would go unnoticed.
 */
export function shardFromEnvironment(environment: Environment): FoundShard | null {
  const found = SERVICES.map((service) => foundBy(service, environment)).filter((one) => one !== null);
  const parts = found.filter(({ shard }) => shard.count > 1);
  const other = parts.find(({ shard: { index, count } }) => {
    const [{ shard: first }] = parts;
    return index !== first.index || count !== first.count;
  });
  if (other !== undefined)
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `the variables of CI services contradict each other: ${parts[0].notice}, and ${other.notice}; unset the wrong ones, or give --shard`,
    );
  return parts[0] ?? found[0] ?? null;
}

/** What one service's variables say; null if they say nothing, or that this job is the only one. */
function foundBy(service: Service, environment: Environment): FoundShard | null {
  const { first, mark, unless } = service;
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  if ((mark !== undefined && !isSet(mark)) || (unless !== undefined && isSet(unless))) return null;
  const [index, count] = [environment[service.index] ?? '', environment[service.count] ?? ''];
  if (index === '' && (count === '' || count === '1')) return null;
  if (index === '' || count === '') {
    const [present, missing] = index === '' ? [service.count, service.index] : [service.index, service.count];
    const notice = `${present} is set and ${missing} is not, so all of it is searched here; set it, or give --shard`;
    return { shard: { index: 0, count: 1 }, notice };
  }
  if (count === '1' && /^[01]$/.test(index)) return null;
  const shard = { index: Number(index) - first, count: Number(count) };
  if (!/^\d+$/.test(index) || !/^\d+$/.test(count) || shard.index < 0 || shard.index >= shard.count) {
    const last = /^\d+$/.test(count) ? Number(count) - 1 + first : 'the number of jobs';
    const where = unless === undefined ? '' : ` (without ${unless})`;
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `${service.index}=${index} with ${service.count}=${count} is no part: it counts from ${first} to ${last}${where}; set them right, or give --shard, 1/1 for all of it`,
    );
  }
  return {
    shard,
    notice: `Part ${shard.index + 1} of ${shard.count}, by ${service.index} and ${service.count}`,
  };
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
