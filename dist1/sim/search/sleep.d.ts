import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
import type { Event } from '../time/schedule-queue.ts';
/** An odometer over every schedule but those that differ from an earlier one only by swapping independent events. */
export declare class SleepStrategy implements Strategy {
  /** Runs that ended because all that could come was asleep. */
  blocked: number;
  private readonly choices;
  private readonly arities;
  private readonly points;
  private depth;
  private sleeping;
  private isBlocked;
  private reads;
  private mayKill;
  begin(): void;
  choose(label: Label, arity: number, chains: readonly Chain[] | null): number;
  /** Before each step of a run: false if it leads nowhere new. */
  goesOn(sim: Simulation): boolean;
  /** When an event was taken: wakes what depends on it. */
  onTaken(event: Event): void;
  /** After a run: moves on. False when nothing is left. */
  advance(): boolean;
  private addPoint;
  private nextChoice;
  private fallAsleep;
}
