import { ArgumentError } from '../../core/index.js';

const SERVICES = [
  { index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 0, mark: 'HEROKU_TEST_RUN_ID' },
  { index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 1 },
  { index: 'CIRCLE_NODE_INDEX', count: 'CIRCLE_NODE_TOTAL', first: 0 },
  { index: 'BUILDKITE_PARALLEL_JOB', count: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
  { index: 'JOB_COMPLETION_INDEX', count: 'JOB_COMPLETIONS', first: 0 },
  { index: 'SEMAPHORE_JOB_INDEX', count: 'SEMAPHORE_JOB_COUNT', first: 1 },
  { index: 'SYSTEM_JOBPOSITIONINPHASE', count: 'SYSTEM_TOTALJOBSINPHASE', first: 1 },
];
/** `2/5`: the second of five parts. */
export function parseShard(text) {
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
/**
 * The part of this job by the variables of its CI service, or null where there are none. Throws ArgumentError where they
 * contradict each other: a part searched twice, or not at all, would go unnoticed.
 */
export function shardFromEnvironment(environment) {
  const whole = { index: 0, count: 1 };
  for (const service of SERVICES) {
    const { first, mark } = service;
    const [index, count] = [environment[service.index], environment[service.count]];
    if (index === undefined || index === '' || (mark !== undefined && environment[mark] === undefined))
      continue;
    if (count === undefined || count === '') {
      const notice = `${service.index} is set and ${service.count} is not, so all of it is searched here; set it, or give --shard`;
      return { shard: whole, notice };
    }
    const shard = { index: Number(index) - first, count: Number(count) };
    if (!/^\d+$/.test(index) || !/^\d+$/.test(count) || shard.index < 0 || shard.index >= shard.count) {
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `${service.index}=${index} with ${service.count}=${count} is no part: it counts from ${first} to ${first === 1 ? count : `${count} less one`}; set them right, or give --shard, 1/1 for all of it`,
      );
    }
    if (shard.count === 1) return null;
    const notice = `Part ${shard.index + 1} of ${shard.count}, by ${service.index} and ${service.count}`;
    return { shard, notice };
  }
  return null;
}
/** Any text as a seed: a whole number as it is, anything else (a git hash, say) by a hash of its letters. */
export function seedOf(text) {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 1;
}
/** Part `thread` of `threads` within a shard. */
export function subdivide(shard, thread, threads) {
  return { index: shard.index + shard.count * thread, count: shard.count * threads };
}
