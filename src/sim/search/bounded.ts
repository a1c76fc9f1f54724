import type { DeviationPoint } from '../strategies/replay.ts';

/** What a bounded search needs of a run: how many choices each decision had. */
export interface BoundedRun {
  readonly decisions: { readonly length: number; readonly arities: readonly number[] };
}

/** Which part of a search this process covers: schedule `n` belongs to part `n % count`. */
export interface Shard {
  /** From 0 (included) to `count` (excluded). */
  readonly index: number;
  readonly count: number;
}

export const WHOLE: Shard = { index: 0, count: 1 };

export interface BoundedSearch<R extends BoundedRun> {
  /** Runs the schedule with just these deviations. */
  readonly run: (points: readonly DeviationPoint[]) => R;
  /** Told of each schedule with exactly `deviations` deviations; false ends the search. */
  readonly visit: (run: R) => boolean;
  readonly deviations: number;
  readonly shard?: Shard;
}

/**
 * Every schedule with exactly `deviations` deviations, each once: a schedule is its parent, which has one fewer, and
 * one more deviation after its last. Stores no states. Returns whether it came to its end.
 */
export function searchBounded<R extends BoundedRun>(search: BoundedSearch<R>): boolean {
  const { run, visit, deviations } = search;
  const { index: part, count: parts } = search.shard ?? WHOLE;
  const points: DeviationPoint[] = [];
  let ordinal = 0;

  const belongsHere = (): boolean => {
    ordinal += 1;
    return (ordinal - 1) % parts === part;
  };

  const descend = (): boolean => {
    if (points.length === deviations) return belongsHere() ? visit(run(points)) : true;
    const { decisions } = run(points);
    const from = points.length === 0 ? 0 : points[points.length - 1].index + 1;
    const arities = decisions.arities.slice(from);
    for (let offset = 0; offset < arities.length; offset += 1) {
      for (let choice = 1; choice < arities[offset]; choice += 1) {
        points.push({ index: from + offset, choice });
        const goesOn = descend();
        points.pop();
        if (!goesOn) return false;
      }
    }
    return true;
  };
  return descend();
}
