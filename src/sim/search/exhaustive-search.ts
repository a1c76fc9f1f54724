// The methods that take every schedule, literally: merging equal states, or leaving out swaps of independent events.
import { ReplayStrategy } from '../strategies/replay.ts';
import { type ProbeStrategy, probeTree } from './estimate.ts';
import { ExhaustiveStrategy } from './exhaustive.ts';
import type { SearchState } from './search-state.ts';
import { SleepStrategy } from './sleep.ts';

/** Runs every schedule, or what stands for it. */
export function searchExhaustively(search: SearchState): void {
  const { prune = 'separate' } = search.options;
  if (prune === 'sleep' && searchAsleep(search)) return;
  // The calm schedule tells beforehand, and most laws ask the same in all.
  const calm = search.options.merge === false ? null : search.run(new ReplayStrategy([])).sim;
  const merges = search.options.merge ?? calm!.canFingerprint;
  const told = calm === null || !merges ? 0 : calm.askedFaults;
  let way: Way | null = { merges, separates: prune === 'separate', told };
  while (way !== null) way = searchEvery(search, way);
}

/** Whether equal states are merged, whether orders among separate connections are left out, and of which families a state tells how often they have struck. */
interface Way {
  readonly merges: boolean;
  readonly separates: boolean;
  readonly told: number;
}

/**
 * Null once it is over. Otherwise how to begin again: orders were left out that a law or a `sometimes` may show, as it has turned out
 * to look at several hosts; or states were merged in which another number of faults had struck, and a law has asked for it.
 * What was explored until then counts again.
 */
function searchEvery(search: SearchState, { merges, separates, told }: Way): Way | null {
  const strategy = new ExhaustiveStrategy(separates);
  search.exhaustive = strategy;
  search.bound = `every schedule${search.extent}`;
  const fingerprints = merges || search.options.prune === 'separate';
  const runner = search.runner({
    onStart: (sim) => {
      sim.toldFaults = told;
      strategy.noteStart(sim);
    },
    beforeStep: merges ? (sim) => strategy.isNew(sim) : undefined,
    fingerprints,
  });
  let isRestricted = false;
  for (;;) {
    const run = runner.run(strategy);
    if (strategy.restrictedCount > 0 && !isRestricted) {
      isRestricted = true;
      search.checkBeforePruning();
      if (search.hasFailedForGood) return null;
      search.bound = `every schedule but for orders that no connection can tell${search.extent}`;
    }
    if (!search.count(run, 'the exhaustive search')) {
      estimateRest(search, strategy, { separates, fingerprints });
      return null;
    }
    const { showsOrders, askedFaults } = run.sim;
    if (isRestricted && showsOrders) return { merges, separates: false, told };
    if (merges && (askedFaults & ~told) !== 0) return { merges, separates, told: told | askedFaults };
    if (!strategy.advance(run.isPruned)) break;
    if (!search.isKept(run)) runner.recycle(run);
  }
  search.isComplete = true;
  return null;
}

/**
 * False if a fault plan was made by hand: footprints do not tell what that touches, so that nothing may be left out; or if
 * orders may show that no host can tell. What was explored until then counts again.
 */
function searchAsleep(search: SearchState): boolean {
  const strategy = new SleepStrategy();
  search.checkBeforePruning();
  if (search.hasFailedForGood) return true;
  search.bound = `every schedule but for swaps of independent events${search.extent}`;
  const runner = search.runner({
    fingerprints: true,
    beforeStep: (sim) => strategy.goesOn(sim),
    onTaken: (event) => strategy.onTaken(event),
  });
  do {
    const run = runner.run(strategy);
    if (run.sim.network.isPlanned || run.sim.showsOrders) return false;
    if (!search.count(run, 'the exhaustive search')) return true;
  } while (strategy.advance());
  search.isComplete = true;
  return true;
}

function estimateRest(
  search: SearchState,
  strategy: ExhaustiveStrategy,
  { separates, fingerprints }: { readonly separates: boolean; readonly fingerprints: boolean },
): void {
  if (!search.mayProbe) return;
  let now: ProbeStrategy | null = null;
  const runner = search.runner({ onStart: (sim) => now!.noteStart(sim), fingerprints });
  search.estimate = probeTree(
    (probe) => {
      now = probe;
      return search.probe(runner.run(probe)) !== null;
    },
    (choices) => strategy.hasPassed(choices),
    { seed: search.seed, separates },
  );
}
