import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
import type { Event } from '../time/schedule-queue.ts';
/** Two deliveries of different connections to one host, due at one instant. */
export interface Pair {
  readonly host: string;
  readonly first: number;
  readonly second: number;
  /** Steps before them, and the choices of these. */
  readonly step: number;
  readonly prefix: readonly number[];
}
/** A pair, and how it is to be served. */
export interface Swap extends Pair {
  /** How many turns of the host come between the two deliveries, if as many come of the first. */
  readonly turnsBetween: number;
  /** Families that do not deviate after the prefix: a limit on them would join the two. */
  readonly calm: ReadonlySet<string>;
  /** Seeds the other decisions. */
  readonly seed: number;
}
/** What two runs of one pair are compared by. */
export interface Swapped {
  /** Both deliveries in words, in the order in which this run served them. */
  readonly steps: readonly string[];
  readonly state: string;
  /** The state but for the order of what the declaration says is independent: timers of one instant, channels that are ready. */
  readonly unorderedState: string;
  /** Whether timers of the host are due at one instant: which of them was set first then decides what follows. */
  readonly hasTies: boolean;
  /** Decisions until then. */
  readonly decisions: number;
}
/**
 * Repeats the choices of a prefix. Then come `first`, turns of the host, `second`, all turns that follow, and then, whatever
 * the order was, always the event that comes first by name. Each other decision is drawn by whose it is and how often that
 * was asked, so that one connection's draws do not depend on when the other was served.
 */
export declare class SwapStrategy implements Strategy {
  /** Set once both were served. */
  swapped: Swapped | null;
  /** Whether the wanted event could not be taken: the two are not next to each other here. */
  isGivenUp: boolean;
  private readonly pair;
  private readonly counts;
  private readonly steps;
  private readonly delivered;
  private index;
  private served;
  private turns;
  private turnsLeft;
  private wanted;
  constructor(pair: Swap);
  begin(): void;
  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number;
  /** Before each step: says what is to come next. False if the pair was given up. */
  watch(sim: Simulation): boolean;
  /** Told of each event taken. */
  onTaken(event: Event): void;
  private chooseEvent;
  /** By the owner's name, as connections that are made in the other order are numbered in the other order. */
  private draw;
}
/** Decides as `inner` does, and notes pairs that a declaration says can be swapped. */
export declare class PairFinder implements Strategy {
  readonly pairs: Pair[];
  /** Hosts of which a pair was due. */
  readonly hosts: Set<string>;
  private readonly inner;
  private sim;
  constructor(inner: Strategy);
  begin(): void;
  watch(sim: Simulation): true;
  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number;
  private note;
}
