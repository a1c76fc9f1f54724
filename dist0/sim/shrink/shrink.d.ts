import { type Run, type RunScenarioOptions, type Scenario } from '../scenario.ts';
import type { DeviationPoint } from '../strategies/replay.ts';
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
export declare function shrink(scenario: Scenario, failing: Run, options?: ShrinkOptions): Shrunk | null;
