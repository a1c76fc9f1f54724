import type { Arena } from './arena.ts';
import type { Family } from './label.ts';
import { formatReplay } from './replay-string.ts';
import type { ReportedFailure } from './report.ts';
import { type Run, runScenario, type Scenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { deviationsOf, ReplayStrategy } from './strategies/replay.ts';
import { formatTrace } from './trace.ts';

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
  const again = runScenario(scenario, new ReplayStrategy(deviationsOf(best.decisions.choices)), {
    families,
    arena,
    trace: true,
  });
  const failure = again.failure ?? failing.failure!;
  return {
    law: best.failure!.law,
    error: failure.error,
    message: messageOf(failure.error),
    deviations: (again.trace?.deviations ?? []).map(({ atMs, text }) => `at ${atMs} ms, ${text}`),
    replay: formatReplay(scenario.name, families, best.decisions),
    trace: formatTrace(again.trace?.events ?? []),
    isMinimal: shrunk?.isMinimal ?? false,
    shrinkRuns: shrunk?.runs ?? 1,
    foundBy,
    foundAfter,
    nondeterminism:
      shrunk === null || again.failure?.law !== best.failure!.law ? firstDifference(best, again) : null,
  };
}

/** The first decision in which two runs of one schedule differ. */
export function firstDifference(first: Run, second: Run): string {
  const { decisions: a } = first;
  const { decisions: b } = second;
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    if (a.labels[index] === b.labels[index] && a.arities[index] === b.arities[index]) continue;
    const show = (run: Run): string =>
      index < run.decisions.length
        ? `${run.decisions.labels[index].name} with ${run.decisions.arities[index]} choices`
        : 'the end of the run';
    return `decision ${index} was ${show(first)}, and then ${show(second)}`;
  }
  return `the ${a.length} decisions are the same, but the result is not: ${first.failure?.law ?? 'it held'}, and then ${second.failure?.law ?? 'it held'}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
