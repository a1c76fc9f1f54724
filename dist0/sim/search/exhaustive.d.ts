import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
/**
 * An odometer over every schedule, depth first: each run repeats the one before up to its last decision that has a
 * choice left, takes that, and is calm afterwards. No state of the simulation is stored. With `merging`, a run
 * that comes to a state met before ends there: what follows is the same, and is counted with the first.
 */
export declare class ExhaustiveStrategy implements Strategy {
  /** Distinct states met, if merging. */
  stateCount: number;
  /** How many complete schedules the runs so far stand for. */
  schedulesCovered: number;
  /** Order decisions at which only one group's events were tried. */
  restrictedCount: number;
  private readonly separates;
  private sim;
  /** Places in `allowed`, or choices where that is null. */
  private readonly choices;
  private readonly allowed;
  private readonly arities;
  /** Schedules under each decision's choices so far. */
  private readonly totals;
  private depth;
  private repeated;
  private readonly known;
  private readonly open;
  private mergedCount;
  /** With `separates`, groups of connections that a scenario declares separate go one after the other. */
  constructor(separates?: boolean);
  begin(): void;
  choose(label: Label, arity: number, chains: readonly Chain[] | null): number;
  /** Before each step of a run: says how far it repeats the run before. */
  noteStep(sim: Simulation): true;
  /** Before each step of a run: false if its state was met before. */
  isNew(sim: Simulation): boolean;
  /** After a run: moves on to the next schedule. False when there is none. */
  advance(isPruned: boolean): boolean;
  /** Whether a schedule has been run, or stood for, up to now. */
  hasPassed(choices: readonly number[]): boolean;
  private addPoint;
  private closeStates;
}
