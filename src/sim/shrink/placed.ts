// Deviations that find their place again after others were taken away: by what they are about, not by how many decisions
// came before.
import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label, SHORT_READ, SHORT_SEND, SPLIT } from '../decisions/label.ts';
import { type Wait, Waits } from '../decisions/waits.ts';
import type { DeviationPoint } from '../strategies/replay.ts';
import type { Event } from '../time/schedule-queue.ts';

/** A deviation that a run had, and the names under which another run may know it. */
export interface Placed extends DeviationPoint {
  /** Its place among all decisions of the run. */
  readonly index: number;
  readonly label: Label;
  readonly choice: number;
  /** Of an order: how many events went ahead of the one that waited, 1 or more; 1 of anything else. */
  readonly ahead: number;
  /** By the label's decisions met before. */
  readonly byLabel: string;
  /** By whose decision it is, and how many of this label that one has met; of an order: which event overtakes which. */
  readonly byChain: string;
  /** As by chain, but of an order only which event overtakes. */
  readonly byEvent: string;
  /** Where in a stream, or before which of its segments: it stays there if what comes before is cut otherwise. As `byChain` elsewhere. */
  readonly byPosition: string;
  /** Of what is cut in two: before which byte of the stream; -1 of anything else. */
  readonly cutAt: number;
  /** Whose it is: a chain's number, 0 if nobody's. */
  readonly owner: number;
  /** Of an order: the chain that is overtaken. */
  readonly other: number;
}

/** How a point's place is found: exactly, or by one of its names. */
export type Placement = 'index' | 'byLabel' | 'byChain' | 'byEvent' | 'byPosition';

/** Families that cut bytes in two; a choice is how many of them come later. */
const CUTTING: readonly Label[] = [SPLIT, SHORT_SEND, SHORT_READ];

/** What to do at a decision. */
interface Wanted {
  readonly choice: number;
  readonly ahead: number;
}

const CALM: Wanted = { choice: 0, ahead: 1 };

/** A deviation, and the wait that it began. */
interface Made {
  readonly placed: Placed & { readonly waits: string };
  readonly wait: Wait | null;
}

/** Deviates at the points given, wherever they have moved; calm everywhere else. Notes the deviations it has made. */
export class PlacedStrategy implements Strategy {
  /** How many choices each decision had, counting only events that did not wait. */
  readonly arities: number[] = [];
  private readonly list: Made[] = [];
  private readonly wanted = new Map<string | number, Wanted>();
  private readonly cuts: { readonly key: string; readonly cutAt: number }[] = [];
  private readonly met = new Map<number, number>();
  protected readonly waits = new Waits();

  /** `exact` are points whose place is known, as nothing before them has changed. */
  constructor(points: readonly Placed[], placement: Placement, exact: readonly DeviationPoint[] = []) {
    for (const { [placement]: key, choice, ahead, cutAt } of points)
      if (placement === 'byPosition' && cutAt >= 0) this.cuts.push({ key: String(key), cutAt });
      else this.wanted.set(key, { choice, ahead });
    for (const { index, choice, ahead = 1 } of exact) this.wanted.set(index, { choice, ahead });
  }

  begin(): void {
    this.list.length = 0;
    this.arities.length = 0;
    this.met.clear();
    this.waits.begin();
  }

  /** The deviations made, in order. */
  get made(): Placed[] {
    return this.list.map(({ placed, wait }) => {
      if (wait === null || wait.ahead === 1) return placed;
      const name = `${eventOf(wait)} waits`;
      const names = { byChain: name, byEvent: name, byPosition: placed.waits };
      return { ...placed, ...names, ahead: wait.ahead, owner: wait.chain.chainId };
    });
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number {
    const byLabel = `${label.name} ${this.count(label.index)}`;
    return chains === null
      ? this.chooseAlone(label, arity, byLabel, owner as Event | null)
      : this.chooseChain(label, chains, byLabel);
  }

  private chooseAlone(label: Label, arity: number, byLabel: string, event: Event | null): number {
    const index = this.arities.length;
    this.arities.push(arity);
    const owner = event?.chainId ?? 0;
    const whose = `${label.name} of ${owner}`;
    const byChain = `${whose} ${this.count((owner + 1) * 64 + label.index)}`;
    const bytes = event?.bytesBefore(label) ?? -1;
    const isCut = bytes >= 0 && CUTTING.includes(label);
    const byPosition = isCut ? whose : bytes >= 0 ? `${whose} ${event!.nextName}` : byChain;
    const { wanted } = this;
    const named =
      wanted.get(index) ?? wanted.get(byLabel) ?? wanted.get(byChain) ?? wanted.get(byPosition) ?? CALM;
    const most = isCut ? this.cutIn(whose, bytes, arity) : 0;
    const choice = Math.min(most > 0 ? most : named.choice, arity - 1);
    if (choice !== 0) {
      const cutAt = isCut ? bytes + arity - choice : -1;
      this.list.push({
        placed: {
          index,
          label,
          choice,
          ahead: 1,
          byLabel,
          byChain,
          byEvent: byChain,
          byPosition,
          cutAt,
          owner,
          other: 0,
          waits: '',
        },
        wait: null,
      });
    }
    return choice;
  }

  /** How many of the next `size` bytes come later, as one of the cuts wanted lies among them; 0 if none does. */
  private cutIn(whose: string, from: number, size: number): number {
    for (const { key, cutAt } of this.cuts)
      if (key === whose && cutAt > from && cutAt < from + size) return from + size - cutAt;
    return 0;
  }

  private chooseChain(label: Label, chains: readonly Chain[], byLabel: string): number {
    const { waits } = this;
    const { free } = waits;
    const index = this.arities.length;
    waits.look(chains);
    this.arities.push(this.arityOf(chains));
    const { place, ahead } = this.decide(index, byLabel, chains, free);
    const wait = waits.take(chains, place, ahead);
    const choice = free.indexOf(place);
    if (choice !== 0) this.note(label, chains[place], chains[free[0]], { index, choice, byLabel, wait });
    return place;
  }

  /** How many may be chosen. */
  protected arityOf(_chains: readonly Chain[]): number {
    return this.waits.free.length;
  }

  /** Which candidate comes next, and if it makes one wait, for how many. */
  protected decide(
    index: number,
    byLabel: string,
    chains: readonly Chain[],
    free: readonly number[],
  ): { readonly place: number; readonly ahead: number } {
    const { choice, ahead } = this.wantedAt(
      index,
      byLabel,
      free.map((place) => chains[place]),
    );
    return { place: free[choice], ahead };
  }

  private note(
    label: Label,
    chosen: Chain,
    first: Chain,
    at: Pick<Placed, 'index' | 'choice' | 'byLabel'> & { readonly wait: Wait | null },
  ): void {
    const { wait, ...place } = at;
    const byEvent = eventOf(chosen);
    const byChain = `${byEvent} before ${eventOf(first)}`;
    const byPosition = `${positionOf(chosen)} before ${positionOf(first)}`;
    const owners = { owner: chosen.chainId, other: first.chainId };
    const names = { byChain, byEvent, byPosition, waits: `${positionOf(first)} waits` };
    this.list.push({ placed: { ...place, label, ahead: 1, cutAt: -1, ...names, ...owners }, wait });
  }

  private wantedAt(index: number, byLabel: string, free: readonly Chain[]): Wanted {
    const { wanted } = this;
    const exact = wanted.get(index) ?? wanted.get(byLabel);
    if (exact !== undefined) return { ...exact, choice: Math.min(exact.choice, free.length - 1) };
    const first = eventOf(free[0]);
    const firstPosition = positionOf(free[0]);
    const waiting = wanted.get(`${first} waits`) ?? wanted.get(`${firstPosition} waits`);
    if (waiting !== undefined) return { choice: Math.min(1, free.length - 1), ahead: waiting.ahead };
    for (let choice = 1; choice < free.length; choice += 1) {
      const event = eventOf(free[choice]);
      const position = positionOf(free[choice]);
      const named =
        wanted.get(`${event} before ${first}`) ??
        wanted.get(event) ??
        wanted.get(`${position} before ${firstPosition}`);
      if (named !== undefined) return { choice, ahead: named.ahead };
    }
    return CALM;
  }

  private count(key: number): number {
    const count = this.met.get(key) ?? 0;
    this.met.set(key, count + 1);
    return count;
  }
}

/** Chooses as told, choice by choice, and reads the choices as deviations. */
export class ReadingStrategy extends PlacedStrategy {
  /** Choices that would have been no deviations of their own, as something waits already. */
  readonly freeChoices: DeviationPoint[] = [];
  private readonly choices = new Map<number, number>();

  constructor(points: readonly DeviationPoint[]) {
    super([], 'index', points);
    for (const { index, choice } of points) this.choices.set(index, choice);
  }

  override begin(): void {
    super.begin();
    this.freeChoices.length = 0;
  }

  protected override arityOf(chains: readonly Chain[]): number {
    const index = this.arities.length;
    for (let choice = 1; choice < chains.length; choice += 1)
      if (this.waits.isFree(choice)) this.freeChoices.push({ index, choice });
    return chains.length;
  }

  protected override decide(
    index: number,
    _byLabel: string,
    chains: readonly Chain[],
  ): { readonly place: number; readonly ahead: number } {
    const place = Math.min(this.choices.get(index) ?? 0, chains.length - 1);
    return { place, ahead: Number.POSITIVE_INFINITY };
  }
}

/** A chain's next event, by where it stands. */
function positionOf(chain: Chain): string {
  return `${chain.chainId}${(chain as Event).nextName}`;
}

/** A chain's next event: how many of it have happened before. */
function eventOf({ chainId, taken }: Chain): string {
  return `${chainId}#${taken}`;
}
