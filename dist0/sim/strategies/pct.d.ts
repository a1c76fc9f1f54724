import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label } from '../decisions/label.ts';
import { type WEATHERS, type Weather } from '../decisions/weather.ts';
/** What earlier runs of a scenario have shown of it. */
export declare class PctKnowledge {
  /** Order decisions in a run: a running mean, so that change points fall where most runs still are. */
  length: number;
  /** The most chains seen in one. */
  chains: number;
  /** Runs it rests on. */
  runs: number;
  note(length: number, chains: number): void;
}
/**
 * Probabilistic concurrency testing (Burckhardt et al., ASPLOS 2010; for chains: Ozkan et al., OOPSLA 2018). Every
 * chain gets a random priority, and the highest goes first; at `depth - 1` random points the chain that just went falls
 * below all others. A bug that needs `depth` order constraints is found by one run in which the priorities hold throughout,
 * one in four, with probability at least 1 / (chains · length^(depth-1)). In the others they hold for a drawn
 * stretch, before and after which events are shuffled, as many bugs need one chain starved and the rest in any order. The
 * length is learnt from run to run; well beyond it events are shuffled too, so that runs end (a run in which something
 * starves is longer than those it was learnt from). Decisions that are
 * not about order follow the weather.
 */
export declare function pct(
  seed: number,
  depth: number,
  weather?: Weather | keyof typeof WEATHERS,
): PctStrategy;
export declare class PctStrategy implements Strategy {
  readonly depth: number;
  /** Whether priorities hold throughout this run. */
  isWhole: boolean;
  /** The length that change points are drawn from, in order decisions. */
  learnedLength: number;
  private readonly others;
  private readonly seed;
  private readonly priorities;
  private changePoints;
  private met;
  private lowest;
  /** The order decisions in which priorities hold: from one (included) to another (excluded). */
  private from;
  private until;
  constructor(seed: number, depth: number, weather: Weather);
  /** Takes over what earlier runs have shown. */
  learnFrom(knowledge: PctKnowledge): this;
  /** After a run: tells what it has shown. */
  teach(knowledge: PctKnowledge): void;
  begin(): void;
  /** How many order decisions this run has met. */
  get length(): number;
  get chainCount(): number;
  choose(label: Label, arity: number, chains: readonly Chain[] | null): number;
  private drawStretch;
  private chooseChain;
  private priorityOf;
}
