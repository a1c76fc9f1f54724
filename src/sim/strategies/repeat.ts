import type { Decisions, Strategy } from '../decisions/decisions.ts';
import type { Label } from '../decisions/label.ts';
import type { Simulation } from '../simulation.ts';

/** Decides as a run before did, and notes the first decision that is another one. */
export class RepeatStrategy implements Strategy {
  /** The number of the first decision that differs, or -1; a run may also end before its time. */
  differsAt = -1;
  /** What could happen next when it came. */
  pending = '';
  private readonly before: Decisions;
  private sim: Simulation | null = null;
  private index = 0;

  constructor(before: Decisions) {
    this.before = before;
  }

  begin(): void {
    this.index = 0;
  }

  /** As the run starts. */
  noteStart(sim: Simulation): void {
    this.sim = sim;
  }

  choose(label: Label, arity: number): number {
    const { index, before } = this;
    this.index = index + 1;
    if (this.differsAt >= 0) return 0;
    if (before.labels[index]?.name === label.name && before.arities[index] === arity)
      return before.choices[index];
    this.differsAt = index;
    this.pending = this.sim?.describePending() ?? '';
    return 0;
  }
}
