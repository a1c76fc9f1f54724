// Runs a scenario under many schedules: regressions first, then by the method asked for, and reports what was found.
import { ArgumentError } from '../../core/errors.ts';
import { parseReplay } from '../decisions/replay-string.ts';
import type { Report } from '../report/report.ts';
import { describeFailure } from '../report/report-failure.ts';
import { unmetFailure } from '../report/unmet.ts';
import { checkScenario, type Scenario } from '../scenario.ts';
import { withTripwires } from '../tripwires.ts';
import { remainingOf } from './estimate.ts';
import { searchExhaustively } from './exhaustive-search.ts';
import { checkExploreOptions, type ExploreOptions } from './explore-options.ts';
import { sample, searchByDeviations, searchInTurn } from './sampled-search.ts';
import { SearchState } from './search-state.ts';

/** Explores a scenario. A failure is returned in the report, shrunk and run again; the first one ends the search. */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Report {
  checkScenario(scenario);
  checkExploreOptions(options);
  const search = new SearchState(scenario, options);
  return options.tripwires === false ? report(search) : withTripwires(() => report(search));
}

function report(search: SearchState): Report {
  if (replayRegressions(search)) searchOn(search);
  const found = describe(search);
  return found.failure === null ? { ...found, failure: unmetFailure(found, search.options) } : found;
}

/** Runs the recorded schedules. Returns whether the search may go on. */
function replayRegressions(search: SearchState): boolean {
  for (const text of search.options.regressions ?? []) {
    const recording = parseReplay(text);
    const { scenario } = recording;
    if (scenario !== search.scenario.name)
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `regressions: "${text}" is a schedule of scenario ${scenario}, not of ${search.scenario.name}`,
      );
    search.runRecorded(recording);
    search.bound = 'recorded schedules';
    if (search.hasFailedForGood || search.isOverdue()) return false;
  }
  search.bound = '';
  return true;
}

function searchOn(search: SearchState): void {
  const { method = 'portfolio', checkIndependence = 0, deviations } = search.options;
  if (checkIndependence > 0) search.checkDeclaration(checkIndependence);
  if (search.hasFailedForGood) return;
  if (method === 'exhaustive') searchExhaustively(search);
  else if (method === 'bounded') searchByDeviations(search, { most: deviations ?? 2, share: 1 });
  else if (method !== 'portfolio') sample(search, [method]);
  else if (deviations === undefined) searchInTurn(search);
  else searchByDeviations(search, { most: deviations, share: 1 });
}

function describe(search: SearchState): Report {
  const { scenario, families, arena, tally, exhaustive, failing, isComplete } = search;
  const durationMs = search.elapsedMs();
  return {
    scenario: scenario.name,
    title: scenario.title ?? 'what it promises holds',
    ...tally.counts(),
    sampled: search.sampled,
    recorded: search.recorded,
    isComplete: isComplete && !search.hasFailedForGood,
    bound: `{${boundText(search)}}`,
    deviationsCovered: search.covered,
    states: exhaustive?.stateCount ?? 0,
    schedulesCovered: exhaustive?.schedulesCovered ?? tally.schedules,
    estimatedRemaining: isComplete ? 0 : remainingOf(search.estimate, search.shard),
    estimate: isComplete ? null : search.estimate,
    neverFired: tally.neverFired(families),
    durationMs,
    schedulesPerSecond: durationMs > 0 ? (tally.schedules * 1000) / durationMs : 0,
    pctMissed: search.sampling?.missed ?? {},
    failure:
      failing === null
        ? search.wrongDeclaration
        : describeFailure(scenario, failing.run, {
            foundBy: failing.by,
            foundAfter: tally.schedules,
            families: failing.families,
            arena,
          }),
  };
}

function boundText({ bound, extent, sampling, isComplete }: SearchState): string {
  if (sampling === null || sampling.rounds === 0 || isComplete) return bound;
  return bound === '' ? `${sampling.label}${extent}` : `${bound}; then ${sampling.label}`;
}
