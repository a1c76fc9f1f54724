import { formatReplay } from '../decisions/replay-string.js';
import { SimulationError } from '../errors.js';
import { runScenario } from '../scenario.js';
import { firstDifference } from '../search/repeat-run.js';
import { shrink } from '../shrink/shrink.js';
import { RepeatStrategy } from '../strategies/repeat.js';
import { formatTrace } from '../trace.js';
/** Runs a failing schedule again, shrinks it, and puts it into words. */
export function describeFailure(scenario, failing, found) {
  const { families, arena, foundBy, foundAfter } = found;
  const shrunk = shrink(scenario, failing, { families, arena });
  const best = shrunk?.run ?? failing;
  const strategy = new RepeatStrategy(best.decisions);
  const again = runScenario(scenario, strategy, {
    families,
    arena,
    trace: true,
    beforeStep: (sim) => strategy.watch(sim),
  });
  const failure = again.failure ?? failing.failure;
  const isRepeated = shrunk !== null && again.failure?.law === best.failure.law;
  return {
    law: best.failure.law,
    error: failure.error,
    message: messageOf(failure.error),
    deviations: (again.trace?.deviations ?? []).map(({ atMs, text }) => `at ${atMs} ms, ${text}`),
    replay: formatReplay(scenario.name, families, best.decisions),
    trace: formatTrace(again.trace?.events ?? []),
    isMinimal: shrunk?.isMinimal ?? false,
    shrinkRuns: shrunk?.runs ?? 1,
    foundBy,
    foundAfter,
    nondeterminism: isRepeated ? null : whyNotRepeated(best, again, strategy.pending),
  };
}
function whyNotRepeated(first, second, pending) {
  const { error } = first.failure;
  if (error instanceof SimulationError && error.code === 'ERR_NONDETERMINISM')
    return error.message.slice(error.message.indexOf(': ') + 2);
  return (
    firstDifference(first, second, pending) ??
    'running it again gave the same once, and something else before'
  );
}
function messageOf(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
