// The methods with a budget of schedules: fewest deviations first, samples, and both in turn.
import { counted } from '../report/numbers.ts';
import { ReplayStrategy } from '../strategies/replay.ts';
import { BoundedSchedules } from './bounded.ts';
import { probeLevels } from './estimate.ts';
import { type SamplerKind, Sampling } from './sampling.ts';
import type { SearchState } from './search-state.ts';

/** So many schedules by deviations come before the portfolio takes them and samples in turn. */
const ALONE = 500;

/** Samples until the search is over. */
export function sample(search: SearchState, kinds: readonly SamplerKind[]): void {
  search.sampling = samplingOf(search, kinds);
  takeSamples(search, Number.POSITIVE_INFINITY);
}

/** Fewest deviations first, half of the schedules, in turn with samples; then samples alone. */
export function searchInTurn(search: SearchState): void {
  search.sampling = samplingOf(search, ['pct', 'swarm', 'pos']);
  if (searchByDeviations(search, { most: 8, share: 0.5 })) takeSamples(search, Number.POSITIVE_INFINITY);
}

/**
 * Every schedule with up to `most` deviations, fewest first, within this share of the schedules. Returns whether some of those are
 * left, and the search may go on.
 */
export function searchByDeviations(
  search: SearchState,
  { most, share }: { readonly most: number; readonly share: number },
): boolean {
  const { extent, options } = search;
  const ordinalMax = Math.max(1, Math.floor(search.limit * share));
  search.bound = `the calm run${extent}`;
  for (let deviations = 0; deviations <= most; deviations += 1) {
    const before = search.ordinal;
    const isDone = searchWith(search, deviations, ordinalMax);
    if (search.hasFailedForGood) return false;
    if (!isDone) {
      const to = search.sampling === null ? most : deviations;
      estimateRest(search, { from: deviations, to, run: search.ordinal - before });
      return !search.isSpent();
    }
    search.covered = deviations;
    search.bound = `deviations ≤ ${deviations}${extent}`;
    search.isComplete = options.deviations !== undefined && deviations === most;
    // No schedule has this many deviations: there are none with more.
    if (search.ordinal === before) {
      search.isComplete = true;
      search.bound = `every schedule${extent}`;
      return false;
    }
  }
  return !search.isSpent() && options.deviations === undefined;
}

/** Runs every schedule with exactly so many deviations, up to the one numbered `ordinalMax`; false if some are left. */
function searchWith(search: SearchState, deviations: number, ordinalMax: number): boolean {
  const { shard, ordinal } = search;
  const schedules = new BoundedSchedules(deviations, { shard, firstOrdinal: ordinal });
  const by = `the search with ${deviations === 0 ? 'no deviations' : counted(deviations, 'deviation')}`;
  while (!schedules.isOver && schedules.nextOrdinal <= ordinalMax) {
    const run = search.run(new ReplayStrategy(schedules.points));
    const { arities } = run.decisions;
    if (schedules.isVisit) {
      search.ordinal = schedules.nextOrdinal;
      search.count(run, by);
      takeTurns(search);
    }
    if (search.hasFailedForGood || search.isOverdue()) return false;
    schedules.advance(arities);
  }
  search.ordinal = Math.min(schedules.nextOrdinal, ordinalMax);
  takeTurns(search);
  return schedules.nextOrdinal <= ordinalMax;
}

/** In the portfolio: as many samples as there were schedules by deviations, but for the first. */
function takeTurns(search: SearchState): void {
  if (search.sampling !== null) takeSamples(search, search.ordinal - Math.min(ALONE, search.limit / 4));
}

/** Samples until there were so many rounds, those of other parts included, or the search is over. */
function takeSamples(search: SearchState, rounds: number): void {
  const sampling = search.sampling!;
  while (sampling.rounds < rounds && !search.isSpent()) {
    const run = sampling.take((strategy) => search.run(strategy));
    if (run === null) continue;
    search.sampled += 1;
    search.count(run, sampling.latest);
  }
}

function samplingOf({ seed, weather, shard, options }: SearchState, kinds: readonly SamplerKind[]): Sampling {
  return new Sampling({ kinds, seed, weather, shard, depth: options.depth });
}

function estimateRest(
  search: SearchState,
  levels: { readonly from: number; readonly to: number; readonly run: number },
): void {
  if (!search.mayProbe) return;
  const { seed } = search;
  search.estimate = probeLevels((points) => search.probe(search.run(new ReplayStrategy(points))), {
    ...levels,
    seed,
  });
}
