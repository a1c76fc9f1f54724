import { type Family } from '../sim/index.ts';
/** What a stream delivers, in any form. */
export type Stream = string | Uint8Array | readonly unknown[];
export interface FoulweatherMatchers {
  /** A search's report: no schedule that it ran has failed. Otherwise the failure is printed, with its replay string. */
  toHold(): void;
  /** A search's report: no schedule has failed, and the search was complete: nothing within its bound is left. */
  toHoldEverywhere(): void;
  /** A search's report, or a simulation: each of these fault families has really happened at least once. */
  toHaveFired(...families: Family[]): void;
  /** A string, bytes or an array: what a stream has delivered is the beginning of what was sent, or all of it. */
  toBePrefixOf(sent: Stream): void;
}
declare global {
  namespace Chai {
    interface Assertion extends FoulweatherMatchers {}
  }
}
/** Adds the matchers to vitest's expect. Done by importing foulweather/vitest. */
export declare function addMatchers(): void;
