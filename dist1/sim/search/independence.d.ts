import { type WEATHERS, type Weather } from '../decisions/weather.ts';
import type { ReportedFailure } from '../report/report.ts';
import { type Scenario } from '../scenario.ts';
import { Arena } from '../tcp/arena.ts';
export interface IndependenceOptions {
  /** Runs to sample pairs from. Default 100. */
  readonly runs?: number;
  /** Pairs to swap in one run at most, drawn from those that it meets. Default 4. */
  readonly pairsPerRun?: number;
  /** Seeds the sampling. Default 1. */
  readonly seed?: number;
  /** Default `storm`. */
  readonly weather?: Weather | keyof typeof WEATHERS;
  readonly arena?: Arena;
}
export interface IndependenceReport {
  readonly scenario: string;
  readonly runs: number;
  /** Pairs that were swapped. 0: no host that declares its connections independent ever had two due at once. */
  readonly pairs: number;
  /** The hosts that they were due at. */
  readonly hosts: readonly string[];
  /** Null if no swap could be told from the order it came from. Its two schedules are in `orders`. */
  readonly failure: ReportedFailure | null;
  /** Replay strings of the failing pair in both orders. */
  readonly orders: readonly string[];
}
/** The law that a wrong declaration breaks. */
export declare const INDEPENDENCE = 'connections declared independent do not touch each other';
/**
 * Samples runs of a scenario, takes pairs of deliveries that are due at one host whose listeners all declare
 * `connectionsAreIndependent`, on two connections not made for the same, and runs both orders from the same state: each delivery
 * with the turns that serve it. The states must be equal, and so must be what each connection carries from then on. A
 * sample: it finds wrong declarations, and proves none right. Throws ArgumentError.
 */
export declare function checkIndependence(
  scenario: Scenario,
  options?: IndependenceOptions,
): IndependenceReport;
/** @internal `checkIndependence` of a scenario that was checked, without tripwires of its own. */
export declare function swapPairs(scenario: Scenario, options: IndependenceOptions): IndependenceReport;
