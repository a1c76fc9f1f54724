import { tellThrown } from '../../core/thrown.ts';
import type { Family } from '../decisions/label.ts';
import { formatReplay } from '../decisions/replay-string.ts';
import { SimulationError } from '../errors.ts';
import { type Run, runScenario, type Scenario } from '../scenario.ts';
import { firstDifference } from '../search/repeat-run.ts';
import { shrink } from '../shrink/shrink.ts';
import { RepeatStrategy } from '../strategies/repeat.ts';
import type { Arena } from '../tcp/arena.ts';
import { formatTrace } from '../trace.ts';
import { placeThrown } from './place.ts';
import type { ReportedFailure } from './report.ts';

/** How a failure was found. */
export interface Finding {
  /** The strategy that found it. */
  readonly foundBy: string;
  /** After how many schedules. */
  readonly foundAfter: number;
  /** The families that could deviate. */
  readonly families: readonly Family[];
  readonly arena?: Arena;
}

/** Runs a failing schedule again, shrinks it, and puts it into words. */
export function describeFailure(scenario: Scenario, failing: Run, found: Finding): ReportedFailure {
  const { families, arena, foundBy, foundAfter } = found;
  const shrunk = shrink(scenario, failing, { families, arena });
  const best = shrunk?.run ?? failing;
  const strategy = new RepeatStrategy(best.decisions);
  const again = runScenario(scenario, strategy, {
    families,
    arena,
    trace: true,
    onStart: (sim) => strategy.noteStart(sim),
  });
  const failure = again.failure ?? failing.failure!;
  const isRepeated = shrunk !== null && again.failure?.law === best.failure!.law;
  return {
    law: best.failure!.law,
    error: failure.error,
    message: tellThrown(failure.error),
    place: placeThrown(failure.error),
    deviations: (again.trace?.deviations ?? []).map(({ atMs, text }) => `at ${atMs} ms, ${text}`),
    replay: formatReplay(scenario.name, families, best.decisions, shrunk?.points),
    trace: formatTrace(again.trace?.events ?? []),
    isMinimal: shrunk?.isMinimal ?? false,
    shrinkRuns: shrunk?.runs ?? 1,
    foundBy,
    foundAfter,
    nondeterminism: isRepeated ? null : whyNotRepeated(best, again, strategy.pending),
  };
}

function whyNotRepeated(first: Run, second: Run, pending: string): string {
  const { error } = first.failure!;
  if (error instanceof SimulationError && error.code === 'ERR_NONDETERMINISM')
    return error.message.slice(error.message.indexOf(': ') + 2);
  return (
    firstDifference(first, second, pending) ??
    'running it again gave the same once, and something else before'
  );
}
