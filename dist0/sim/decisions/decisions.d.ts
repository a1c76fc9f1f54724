import { type Label } from './label.ts';
/** Something that runs in order by itself: a connection's direction, a host's timers, a host's turn. */
export interface Chain {
  /** Unique and stable within a scenario: the same chain has the same number in every run that made it at the same point. */
  readonly chainId: number;
}
/** What answers decisions. */
export interface Strategy {
  /** Called before the first decision of each run. */
  begin(): void;
  /**
   * The choice, from 0 (included, the calm one) to `arity` (excluded). `chains` are the candidates of an order decision;
   * `owner` is whose decision another one is, if it is a chain's.
   */
  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number;
}
/** Always the perfect network. */
export declare const calm: Strategy;
/** One recorded decision. */
export interface Decision {
  readonly label: Label;
  readonly arity: number;
  readonly choice: number;
}
/** The decisions of one run, in order: its schedule. A decision with one possibility is not recorded. */
export declare class Decisions {
  readonly labels: Label[];
  readonly arities: number[];
  readonly choices: number[];
  /** How many decisions were not calm. */
  deviationCount: number;
  /** A running hash over the labels and arities met: a program that changed gives another. */
  fingerprint: number;
  private readonly strategy;
  private readonly limits;
  /** `limits` gives, by label index, how many deviations of a family one run may have; -1 is no limit. */
  constructor(strategy: Strategy, limits?: Int32Array | null);
  get length(): number;
  decide(label: Label, arity: number, chains?: readonly Chain[] | null, owner?: Chain | null): number;
  /** @internal Whether a family may deviate only so many times. */
  isLimited(label: Label): boolean;
  /** @internal How many deviations each limited family has left, as text. */
  limitsText(): string;
  at(index: number): Decision;
}
