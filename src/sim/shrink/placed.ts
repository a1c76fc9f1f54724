// Deviations that find their place again after others were taken away: by what they are about, not by how many decisions
// came before.
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
export class PlacedStrategy implements Strategy {
  /** The deviations made, in order. */
  readonly made: Placed[] = [];
  private readonly choices = new Map<string | number, number>();
  private readonly met = new Map<number, number>();
  private readonly taken = new Map<number, number>();
  private index = 0;

  /** `exact` are points whose place is known, as nothing before them has changed. */
  constructor(points: readonly Placed[], placement: Placement, exact: readonly DeviationPoint[] = []) {
    for (const point of points) this.choices.set(point[placement], point.choice);
    for (const { index, choice } of exact) this.choices.set(index, choice);
  }

  begin(): void {
    this.made.length = 0;
    this.met.clear();
    this.taken.clear();
    this.index = 0;
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number {
    const { index } = this;
    this.index = index + 1;
    const byLabel = `${label.name} ${this.count(label.index)}`;
    return chains === null
      ? this.chooseAlone(label, arity, index, byLabel, owner?.chainId ?? 0)
      : this.chooseChain(label, chains, index, byLabel);
  }

  private chooseAlone(label: Label, arity: number, index: number, byLabel: string, owner: number): number {
    const byChain = `${label.name} of ${owner} ${this.count((owner + 1) * 64 + label.index)}`;
    const { choices } = this;
    const wanted = choices.get(index) ?? choices.get(byLabel) ?? choices.get(byChain) ?? 0;
    const choice = Math.min(wanted, arity - 1);
    if (choice !== 0)
      this.made.push({ index, label, choice, arity, byLabel, byChain, byEvent: byChain, owner, other: 0 });
    return choice;
  }

  private chooseChain(label: Label, chains: readonly Chain[], index: number, byLabel: string): number {
    const { choices } = this;
    const first = this.eventOf(chains[0]);
    const wanted = choices.get(index) ?? choices.get(byLabel);
    let choice = Math.min(wanted ?? 0, chains.length - 1);
    for (let at = 1; wanted === undefined && choice === 0 && at < chains.length; at += 1) {
      const event = this.eventOf(chains[at]);
      if (choices.has(`${event} before ${first}`) || choices.has(event)) choice = at;
    }
    const { chainId } = chains[choice];
    if (choice !== 0) {
      const event = this.eventOf(chains[choice]);
      const byChain = `${event} before ${first}`;
      const arity = chains.length;
      const other = chains[0].chainId;
      this.made.push({
        index,
        label,
        choice,
        arity,
        byLabel,
        byChain,
        byEvent: event,
        owner: chainId,
        other,
      });
    }
    this.taken.set(chainId, (this.taken.get(chainId) ?? 0) + 1);
    return choice;
  }

  /** A chain's next event: how many of it were chosen before. */
  private eventOf({ chainId }: Chain): string {
    return `${chainId}#${this.taken.get(chainId) ?? 0}`;
  }

  private count(key: number): number {
    const count = this.met.get(key) ?? 0;
    this.met.set(key, count + 1);
    return count;
  }
}
