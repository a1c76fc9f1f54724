// Fewer and smaller deviations that break the same law. First by dropping and replacing some, then by a sweep through
// every schedule with fewer, so that the result is minimal and not merely small.
import { type Run, type RunScenarioOptions, runScenario, type Scenario } from '../scenario.ts';
import type { DeviationPoint } from '../strategies/replay.ts';
import { Reduction } from './reduction.ts';

export interface ShrinkOptions extends RunScenarioOptions {
  /** Runs to spend at most. Default 20,000. */
  readonly maxRuns?: number;
}

export interface Shrunk {
  /** The failing run with the fewest deviations found. */
  readonly run: Run;
  readonly points: readonly DeviationPoint[];
  /** Runs spent. */
  readonly runs: number;
  /** Whether every schedule with fewer deviations was tried, and held. */
  readonly isMinimal: boolean;
}

/** Shrinks a failing run. Returns null if its schedule does not fail again in the same way: then the program is not deterministic. */
export function shrink(scenario: Scenario, failing: Run, options: ShrinkOptions = {}): Shrunk | null {
  const { maxRuns = 20_000, ...rest } = options;
  const law = failing.failure!.law;
  const reduction = new Reduction();
  const attempts = reduction.attempts(failing.decisions);
  let best: Run | null = null;
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
