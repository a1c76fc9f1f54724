// Fewer and smaller deviations that break the same law. First by dropping and replacing some, then by a sweep through
// every schedule with fewer, so that the result is minimal and not merely small.
import { runScenario } from '../scenario.js';
import { Reduction } from './reduction.js';
/** Shrinks a failing run. Returns null if its schedule does not fail again in the same way: then the program is not deterministic. */
export function shrink(scenario, failing, options = {}) {
  const { maxRuns = 20_000, ...rest } = options;
  const law = failing.failure.law;
  const reduction = new Reduction();
  const attempts = reduction.attempts(failing.decisions);
  let best = null;
  let runs = 0;
  let step = attempts.next();
  while (step.done !== true && runs < maxRuns) {
    const run = runScenario(scenario, step.value, { ...rest, trace: false });
    runs += 1;
    const isKept = reduction.judge(step.value, run.decisions, run.failure?.law === law);
    if (isKept) best = run;
    step = attempts.next(isKept);
  }
  if (best === null) return null;
  return { run: best, points: reduction.points, runs, isMinimal: step.done === true && step.value };
}
