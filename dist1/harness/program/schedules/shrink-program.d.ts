import type { Strategy } from '../../../sim/index.ts';
import type { ProgramRun } from '../program-run.ts';
export interface ShrunkProgram {
  readonly run: ProgramRun;
  /** Runs spent. */
  readonly runs: number;
  /** Whether the failing schedule failed alike when it was run again. */
  readonly isRepeatable: boolean;
  /** Whether every schedule with fewer deviations was tried, and held. */
  readonly isMinimal: boolean;
}
/**
 * Shrinks a failing run; `runAgain` runs the body, `mayGoOn` says whether there is budget left, `held` up to how many
 * deviations every schedule is known to hold (-1 if nothing is).
 */
export declare function shrinkProgram(
  failing: ProgramRun,
  runAgain: (strategy: Strategy) => Promise<ProgramRun>,
  mayGoOn: (runs: number) => boolean,
  held?: number,
): Promise<ShrunkProgram>;
