import type { Chain, Strategy } from '../decisions/decisions.ts';
import type { Label } from '../decisions/label.ts';
import type { DeviationPoint } from '../strategies/replay.ts';
/** A deviation that a run had, and the names under which another run may know it. */
export interface Placed {
  /** Its place among all decisions of the run. */
  readonly index: number;
  readonly label: Label;
  readonly choice: number;
  /** How many choices there were. */
  readonly arity: number;
  /** By the label's decisions met before. */
  readonly byLabel: string;
  /** By whose decision it is, and how many of this label that one has met; of an order: which event overtakes which. */
  readonly byChain: string;
  /** As by chain, but of an order only which event overtakes. */
  readonly byEvent: string;
  /** Whose it is: a chain's number, 0 if nobody's. */
  readonly owner: number;
  /** Of an order: the chain that is overtaken. */
  readonly other: number;
}
/** How a point's place is found: exactly, or by one of its names. */
export type Placement = 'index' | 'byLabel' | 'byChain' | 'byEvent';
/** Deviates at the points given, wherever they have moved; calm everywhere else. Notes the deviations it has made. */
export declare class PlacedStrategy implements Strategy {
  /** The deviations made, in order. */
  readonly made: Placed[];
  private readonly choices;
  private readonly met;
  private readonly taken;
  private index;
  /** `exact` are points whose place is known, as nothing before them has changed. */
  constructor(points: readonly Placed[], placement: Placement, exact?: readonly DeviationPoint[]);
  begin(): void;
  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number;
  private chooseAlone;
  private chooseChain;
  /** A chain's next event: how many of it were chosen before. */
  private eventOf;
  private count;
}
