// What a search has shown, as a value.
import type { Family } from '../decisions/label.ts';
import type { Failure } from '../scenario.ts';
import type { Estimate } from '../search/estimate.ts';

/** A failure as reported: shrunk, run again, and said in sentences. */
export interface ReportedFailure extends Failure {
  readonly message: string;
  /** Where in the program it was thrown, `/home/me/echo.ts:12:5`; empty if no line of it did that. */
  readonly place: string;
  /** One sentence per deviation, in the order in which they happen. */
  readonly deviations: readonly string[];
  readonly replay: string;
  /** The run's events, one line each. */
  readonly trace: string;
  readonly isMinimal: boolean;
  readonly shrinkRuns: number;
  /** The strategy that found it, and after how many schedules. */
  readonly foundBy: string;
  readonly foundAfter: number;
  /** Set when running it again gave something else: the first decision that differs. */
  readonly nondeterminism: string | null;
}

export interface Report {
  readonly scenario: string;
  readonly title: string;
  /** Runs made. */
  readonly schedules: number;
  /** How many of these were drawn: by pct, pos, swarm or at random. */
  readonly sampled: number;
  /** How many of them were recorded schedules, run first, and how many of those were recorded against other code. */
  readonly recorded: { readonly run: number; readonly changed: number };
  /** Whether every schedule within the bound was run. */
  readonly isComplete: boolean;
  /** What was covered, in words. */
  readonly bound: string;
  /** Every schedule with up to so many deviations was run; null if none, or if the search is not by deviations. */
  readonly deviationsCovered: number | null;
  /** Distinct states, if equal states were merged, else 0. */
  readonly states: number;
  /** Schedules that the runs stand for; equal to `schedules` without merging. */
  readonly schedulesCovered: number;
  readonly prunedRuns: number;
  /** Schedules still to come for the bound asked for, by the mean of `estimate`; 0 when complete, null when unknown. */
  readonly estimatedRemaining: number | null;
  /** How far that can be trusted; null when complete or unknown. Of a search in parts, that of the part that has covered least. */
  readonly estimate: Estimate | null;
  /** Faults that really happened, by family. */
  readonly faults: Readonly<Record<Family, number>>;
  /** Families that were enabled and never fired. */
  readonly neverFired: readonly Family[];
  /** In how many runs each `sometimes` held that was asked. */
  readonly sometimes: Readonly<Record<string, number>>;
  readonly decisionsPerRun: { readonly min: number; readonly median: number; readonly max: number };
  readonly durationMs: number;
  readonly schedulesPerSecond: number;
  /** For each depth tried, the probability that all runs together missed a bug of that depth. */
  readonly pctMissed: Readonly<Record<number, number>>;
  readonly failure: ReportedFailure | null;
}

/** The names of each `sometimes` that was asked in some run, and held in none. */
export function neverHeld(report: Pick<Report, 'sometimes'>): string[] {
  return Object.entries(report.sometimes)
    .filter(([, count]) => count === 0)
    .map(([name]) => name);
}
