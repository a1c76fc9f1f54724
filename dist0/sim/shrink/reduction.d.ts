import type { Decisions } from '../decisions/decisions.ts';
import { type Placed, PlacedStrategy } from './placed.ts';
/** One attempt after the other; each is answered by whether it was kept. Gives whether the result is minimal. */
export type Attempts = Generator<PlacedStrategy, boolean, boolean>;
export declare class Reduction {
  /** The fewest deviations that fail alike. */
  points: readonly Placed[];
  private weight;
  private last;
  private readonly held;
  /** `held`: up to how many deviations every schedule is known to hold. Default -1: nothing is known. */
  constructor(held?: number);
  /** To be told of each attempt's run; true if it is the best so far. */
  judge(strategy: PlacedStrategy, decisions: Decisions, failsAlike: boolean): boolean;
  /** The failing schedule once more, then everything that may make it smaller. */
  attempts(failing: Decisions): Attempts;
  /** Passes in turn, an attempt each, until one has found something smaller; true if the last has come to its end. */
  private race;
  /** Drops and lowers until nothing more can go. */
  private drop;
  /** Everything, each family, whatever a chain has, whatever overtakes a chain. */
  private dropGroups;
  /** Delta debugging: halves, quarters, …, single ones. */
  private dropSpans;
  private lower;
  /** Some of the deviations, where none can go alone: by chance, as all subsets are too many. */
  private subsets;
  /** `size` of the deviations, and one that is new. Those nearest to the failure first: they have most to do with it. */
  private replace;
  /** Every schedule with fewer deviations of one or two families, as far as they are few. */
  private fewFamilies;
  private sweepFamilies;
  private withOneMore;
  /** Every schedule with fewer deviations, the fewest first; true if all were tried. */
  private sweep;
  /** Tries these deviations, placed in one way after the other. */
  private attempt;
}
