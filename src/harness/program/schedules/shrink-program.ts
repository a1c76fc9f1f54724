// Fewer and smaller deviations that make a body fail alike. The attempts are those of a scenario's shrinking; runs cost
// milliseconds here, so the sweep at their end seldom comes to its own.
import { type DeviationPoint, deviationsOf, type Strategy } from '../../../sim/index.ts';
import { Reduction } from '../../../sim/shrink/reduction.ts';
import type { ProgramRun } from '../program-run.ts';

export interface ShrunkProgram {
  readonly run: ProgramRun;
  /** How it deviates. */
  readonly points: readonly DeviationPoint[];
  /** Runs spent. */
  readonly runs: number;
  /** Whether the failing schedule failed alike when it was run again. */
  readonly isRepeatable: boolean;
  /** Whether every schedule with fewer deviations was tried, and held. */
  readonly isMinimal: boolean;
}

/**
 * Shrinks a failing run; `runAgain` runs the body, `mayGoOn` says whether there is budget left, `held` up to how many
 * choices that are not calm every schedule is known to hold (-1 if nothing is).
 */
export async function shrinkProgram(
  failing: ProgramRun,
  runAgain: (strategy: Strategy) => Promise<ProgramRun>,
  mayGoOn: (runs: number) => boolean,
  held = -1,
): Promise<ShrunkProgram> {
  const identity = failing.failure?.identity;
  const reduction = new Reduction(held);
  const attempts = reduction.attempts(failing.decisions);
  let best: ProgramRun | null = null;
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
  const run = best ?? failing;
  const points = best === null ? deviationsOf(run.decisions.choices) : reduction.points;
  return { run, points, runs, isRepeatable: best !== null, isMinimal };
}
