import type { Decisions, Strategy } from '../decisions/decisions.ts';
import type { Label } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';
/** Decides as a run before did, and notes the first decision that is another one. */
export declare class RepeatStrategy implements Strategy {
  /** The number of the first decision that differs, or -1; a run may also end before its time. */
  differsAt: number;
  /** What could happen next when it came. */
  pending: string;
  private readonly before;
  private sim;
  private index;
  constructor(before: Decisions);
  begin(): void;
  /** Before each step of the run. */
  watch(sim: Simulation): true;
  choose(label: Label, arity: number): number;
}
