import { type Family } from '../decisions/label.ts';
import type { Failure } from '../scenario.ts';
import type { Estimate } from '../search/estimate.ts';
/** A failure as reported: shrunk, run again, and said in sentences. */
export interface ReportedFailure extends Failure {
  readonly message: string;
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
  /** Whether every schedule within the bound was run. */
  readonly isComplete: boolean;
  /** What was covered, in words. */
  readonly bound: string;
  /** Distinct states, if equal states were merged, else 0. */
  readonly states: number;
  /** Schedules that the runs stand for; equal to `schedules` without merging. */
  readonly schedulesCovered: number;
  readonly prunedRuns: number;
  /** Schedules still to come for the bound asked for, by the mean of `estimate`; 0 when complete, null when unknown. */
  readonly estimatedRemaining: number | null;
  /** How far that can be trusted; null when complete or unknown. Of a search in parts, that of the part with the most schedules. */
  readonly estimate: Estimate | null;
  /** Faults that really happened, by family. */
  readonly faults: Readonly<Record<Family, number>>;
  /** Families that were enabled and never fired. */
  readonly neverFired: readonly Family[];
  /** In how many runs each `sometimes` held that was asked. */
  readonly sometimes: Readonly<Record<string, number>>;
  readonly decisionsPerRun: {
    readonly min: number;
    readonly median: number;
    readonly max: number;
  };
  readonly durationMs: number;
  readonly schedulesPerSecond: number;
  /** For each depth tried, the probability that all runs together missed a bug of that depth. */
  readonly pctMissed: Readonly<Record<number, number>>;
  readonly failure: ReportedFailure | null;
}
/** The names of each `sometimes` that was asked in some run, and held in none. */
export declare function neverHeld(report: Pick<Report, 'sometimes'>): string[];
/** Which `sometimes` held, and which never did: no line, one or two. */
export declare function sometimesLines(report: Pick<Report, 'sometimes'>): string[];
/** The report in a few lines. */
export declare function formatReport(report: Report): string;
/** A failure as one reads it: the law, the deviations, what happened last, and what to paste. `modules` export the scenario. */
export declare function formatFailure(
  report: Pick<Report, 'scenario'>,
  failure: ReportedFailure,
  modules?: readonly string[],
): string;
/** 1234567 as 1,234,567. */
export declare function group(value: number): string;
/** What is left of a search, as an estimate with its spread. */
export declare function formatRemaining(remaining: number, estimate?: Estimate | null): string;
