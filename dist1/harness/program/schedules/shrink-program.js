import { Reduction } from '../../../sim/shrink/reduction.js';
/**
 * Shrinks a failing run; `runAgain` runs the body, `mayGoOn` says whether there is budget left, `held` up to how many
 * deviations every schedule is known to hold (-1 if nothing is).
 */
export async function shrinkProgram(failing, runAgain, mayGoOn, held = -1) {
  const identity = failing.failure?.identity;
  const reduction = new Reduction(held);
  const attempts = reduction.attempts(failing.decisions);
  let best = null;
  let runs = 0;
  let step = attempts.next();
  // Whether it fails again is asked whatever the budget.
  while (step.done !== true && (runs === 0 || mayGoOn(runs))) {
    const run = await runAgain(step.value);
    runs += 1;
    const isKept = reduction.judge(step.value, run.decisions, run.failure?.identity === identity);
    if (isKept) best = run;
    step = attempts.next(isKept);
  }
  const isMinimal = best !== null && step.done === true && step.value;
  return { run: best ?? failing, runs, isRepeatable: best !== null, isMinimal };
}
