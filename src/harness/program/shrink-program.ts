// Fewer and smaller deviations that make a body fail alike. Runs cost milliseconds here, so this is greedy and bounded;
// the sweep through every smaller schedule is for scenarios.
import {
  type DeviationPoint,
  deviationsOf,
  type Label,
  ReplayStrategy,
  type Strategy,
} from '../../sim/index.ts';
import { type LabelledPoint, LabelledStrategy } from '../../sim/strategies/labelled.ts';
import type { ProgramRun } from './program-run.ts';

export interface ShrunkProgram {
  readonly run: ProgramRun;
  /** Runs spent. */
  readonly runs: number;
  /** Whether the failing schedule failed alike when it was run again. */
  readonly isRepeatable: boolean;
}

/** Shrinks a failing run; `runAgain` runs the body, `mayGoOn` says whether there is budget left. */
export async function shrinkProgram(
  failing: ProgramRun,
  runAgain: (strategy: Strategy) => Promise<ProgramRun>,
  mayGoOn: (runs: number) => boolean,
): Promise<ShrunkProgram> {
  const identity = failing.failure?.identity;
  let best = failing;
  let runs = 0;
  const attempt = async (points: readonly LabelledPoint[]): Promise<boolean> => {
    for (const strategy of [new ReplayStrategy(points), new LabelledStrategy(points)]) {
      runs += 1;
      const run = await runAgain(strategy);
      if (run.failure?.identity === identity && weightOf(run) < weightOf(best)) {
        best = run;
        return true;
      }
    }
    return false;
  };
  runs += 1;
  const again = await runAgain(new ReplayStrategy(deviationsOf(failing.decisions.choices)));
  if (again.failure?.identity !== identity) return { run: failing, runs, isRepeatable: false };
  let before: number;
  do {
    before = weightOf(best);
    await attempt([]);
    for (const label of new Set(pointsOf(best).map((point) => point.label))) {
      if (!mayGoOn(runs)) break;
      await attempt(pointsOf(best).filter((point) => point.label !== label));
    }
    for (
      let size = Math.ceil(pointsOf(best).length / 2);
      size >= 1;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let at = 0; at < pointsOf(best).length && mayGoOn(runs); ) {
        const kept = pointsOf(best).filter((_, index) => index < at || index >= at + size);
        if (!(await attempt(kept))) at += size;
      }
    }
    for (let at = 0; at < pointsOf(best).length && mayGoOn(runs); at += 1) {
      const points = pointsOf(best);
      for (const smaller of [1, points[at].choice >> 1]) {
        if (smaller < 1 || smaller >= points[at].choice) continue;
        const lowered = points.map((point, index) => (index === at ? { ...point, choice: smaller } : point));
        if (await attempt(lowered)) break;
      }
    }
  } while (weightOf(best) < before && mayGoOn(runs));
  return { run: best, runs, isRepeatable: true };
}

/** Fewer deviations weigh less; of as many, those with smaller choices. */
function weightOf({ decisions }: ProgramRun): number {
  const points = deviationsOf(decisions.choices);
  const sizes = points.reduce((sum, point) => sum + Math.min(point.choice, 1e6), 0);
  return points.length * 1e9 + sizes;
}

function pointsOf({ decisions }: ProgramRun): LabelledPoint[] {
  const counts = new Map<Label, number>();
  const points: LabelledPoint[] = [];
  for (let index = 0; index < decisions.length; index += 1) {
    const { label, choice } = decisions.at(index);
    const occurrence = counts.get(label) ?? 0;
    counts.set(label, occurrence + 1);
    if (choice !== 0)
      points.push({ index, choice, label, occurrence } satisfies DeviationPoint & LabelledPoint);
  }
  return points;
}
