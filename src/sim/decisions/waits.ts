// Events that wait while others go ahead of them: many order decisions, and one deviation. A schedule is what it was, the
// choices; here choices are read as waits, and waits turned into choices. The one is the inverse of the other.
import type { Chain } from './decisions.ts';

/** An event that waits. */
export class Wait implements Chain {
  readonly chain: Chain;
  /** Which event of the chain it is. */
  readonly taken: number;
  /** How many events due after it have gone ahead of it so far. */
  ahead = 1;
  /** How many may; from then on it has its place again. */
  readonly most: number;

  constructor(chain: Chain, most: number) {
    this.chain = chain;
    this.taken = chain.taken;
    this.most = most;
  }

  get chainId(): number {
    return this.chain.chainId;
  }

  get isOver(): boolean {
    return this.ahead >= this.most;
  }
}

/**
 * Follows the order decisions of one run. The event due first waits once the one due next is chosen instead: decisions are
 * among the others then, until it has let as many go ahead as it may, is chosen, or happens undecided. Events due before it,
 * which may come up in the meantime, are not ahead of their time.
 */
export class Waits {
  /** The places of the candidates of the decision under way that do not wait: never none. */
  readonly free: number[] = [];
  /** Whether all candidates wait, so that the first of them is free all the same. */
  private isForced = false;
  private list: Wait[] = [];

  begin(): void {
    this.list = [];
  }

  /** Looks at the candidates of an order decision. */
  look(chains: readonly Chain[]): void {
    const { free } = this;
    if (this.list.length > 0) this.list = this.list.filter(({ chain, taken }) => chain.taken === taken);
    free.length = 0;
    for (let place = 0; place < chains.length; place += 1)
      if (this.waitOf(chains[place])?.isOver !== false) free.push(place);
    this.isForced = free.length === 0;
    if (this.isForced) free.push(0);
  }

  /** Whether choosing this candidate is no deviation: the one that is due, or waits although nothing is due before it. */
  isFree(place: number): boolean {
    const [first] = this.free;
    return place === first || this.isForced || place < first;
  }

  /** The place of the candidate that comes next, where a deviation, or none, is. */
  choose(
    chains: readonly Chain[],
    deviation: { readonly choice: number; readonly ahead?: number } | null,
  ): number {
    const { free } = this;
    this.look(chains);
    const place = free[Math.min(deviation?.choice ?? 0, free.length - 1)];
    this.take(chains, place, deviation?.ahead ?? 1);
    return place;
  }

  /** Says which candidate was chosen. Gives the wait that begins with it, if one does: at most `most` may go ahead. */
  take(chains: readonly Chain[], place: number, most = Number.POSITIVE_INFINITY): Wait | null {
    const { free } = this;
    const chosen = this.waitOf(chains[place]);
    if (chosen !== undefined) {
      this.forget(chosen.chain);
      if (!free.includes(place)) this.release(place);
    }
    for (let before = 0; before < place; before += 1) {
      const wait = this.waitOf(chains[before]);
      if (wait?.isOver === false) wait.ahead += 1;
    }
    if (place !== free[1]) return null;
    const chain = chains[free[0]];
    this.forget(chain);
    const wait = new Wait(chain, most);
    this.list.push(wait);
    return wait;
  }

  /** Those that are still to go, in the order in which they began to wait. */
  get waiting(): readonly Wait[] {
    return this.list;
  }

  private release(place: number): void {
    if (this.isForced) this.free.length = 0;
    this.free.push(place);
    this.free.sort((one, other) => one - other);
  }

  private waitOf(chain: Chain): Wait | undefined {
    return this.list.find((wait) => wait.chain === chain);
  }

  private forget(chain: Chain): void {
    this.list = this.list.filter((wait) => wait.chain !== chain);
  }
}
