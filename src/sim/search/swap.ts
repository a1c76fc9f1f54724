// One swap of two steps: a run is repeated up to where two deliveries to one host are due, then they are served in one order.
import type { Chain, Strategy } from '../decisions/decisions.ts';
import { type Label, ORDER } from '../decisions/label.ts';
import { HostTurn } from '../host-turn.ts';
import type { Simulation } from '../simulation.ts';
import { hash } from '../strategies/random.ts';
import type { Direction } from '../tcp/direction.ts';
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

/** A delivery and what its host does about it come to rest within so many turns, or the pair is given up. */
const TURNS_MAX = 16;

/** Turns stand before all else, one a host. */
const PENDING_MAX = 64;

/** After the pair, about one decision in so many deviates. */
const DEVIATES_ONE_IN = 2;

/**
 * Repeats the choices of a prefix. Then come `first`, turns of the host, `second`, all turns that follow, and then, whatever
 * the order was, always the event that comes first by name. Each other decision is drawn by whose it is and how often that
 * was asked, so that one connection's draws do not depend on when the other was served.
 */
export class SwapStrategy implements Strategy {
  /** Set once both were served. */
  swapped: Swapped | null = null;
  /** Whether the wanted event could not be taken: the two are not next to each other here. */
  isGivenUp = false;
  private readonly pair: Swap;
  private readonly counts = new Map<string, number>();
  private readonly steps: string[] = [];
  private readonly delivered: Event[] = [];
  private index = 0;
  private served = 0;
  private turns = 0;
  private turnsLeft = 0;
  private wanted = -1;

  constructor(pair: Swap) {
    this.pair = pair;
  }

  begin(): void {
    this.index = 0;
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number {
    const { index, pair } = this;
    this.index = index + 1;
    if (index < pair.prefix.length) return Math.min(pair.prefix[index], arity - 1);
    if (label === ORDER && chains !== null) return this.chooseEvent(chains as readonly Event[]);
    return owner === null || pair.calm.has(label.name) ? 0 : this.draw(label, arity, owner);
  }

  /** Before each step: says what is to come next. False if the pair was given up. */
  watch(sim: Simulation): boolean {
    const { pair, served } = this;
    if (this.isGivenUp || this.turns > TURNS_MAX) return false;
    if (sim.steps < pair.step || this.swapped !== null) return true;
    const turn = served === 0 ? undefined : turnOf(sim, pair.host);
    if (turn !== undefined && this.turnsLeft > 0) {
      this.turns += 1;
      this.turnsLeft -= 1;
      this.wanted = turn.chainId;
    } else if (served < 2) {
      this.wanted = served === 0 ? pair.first : pair.second;
      this.turnsLeft = served === 0 ? pair.turnsBetween : Number.POSITIVE_INFINITY;
      this.served += 1;
    } else {
      this.wanted = -1;
      // What nobody looks at yet is no step of the service: any turn to come decides what else arrives with it.
      if (this.delivered.some((event) => (event as Direction).isDirty)) return false;
      this.swapped = {
        steps: this.steps,
        state: sim.fingerprint(),
        unorderedState: unorderedStateOf(sim),
        hasTies: sim.network.existing(pair.host).clock.hasTies,
        decisions: sim.decisions.length,
      };
    }
    return true;
  }

  /** Told of each event taken. */
  onTaken(event: Event): void {
    if (this.wanted < 0) return;
    if (event.chainId !== this.wanted) this.isGivenUp = true;
    if (event instanceof HostTurn) return;
    this.steps.push(event.describe());
    this.delivered.push(event);
  }

  private chooseEvent(events: readonly Event[]): number {
    if (this.wanted >= 0) {
      const found = events.findIndex(({ chainId }) => chainId === this.wanted);
      if (found < 0) this.isGivenUp = true;
      return Math.max(found, 0);
    }
    let best = 0;
    for (let index = 1; index < events.length; index += 1)
      if (events[index].name < events[best].name) best = index;
    return best;
  }

  /** By the owner's name, as connections that are made in the other order are numbered in the other order. */
  private draw(label: Label, arity: number, owner: Chain): number {
    const key = `${label.name} ${(owner as Event).name}`;
    const count = this.counts.get(key) ?? 0;
    this.counts.set(key, count + 1);
    let { seed } = this.pair;
    for (let index = 0; index < key.length; index += 1) seed = hash(seed, key.charCodeAt(index), index);
    const drawn = hash(seed, label.index, count);
    return drawn % DEVIATES_ONE_IN === 0 ? hash(drawn, label.index, count) % arity : 0;
  }
}

function unorderedStateOf(sim: Simulation): string {
  const { schedule } = sim.network;
  schedule.ignoresTies = true;
  try {
    return sim.fingerprint();
  } finally {
    schedule.ignoresTies = false;
  }
}

function turnOf(sim: Simulation, host: string): Event | undefined {
  return sim.network.schedule.pending(PENDING_MAX).find((event) => isTurnOf(event, host));
}

function isTurnOf(event: Event, host: string): boolean {
  return event instanceof HostTurn && event.footprint().host === host;
}

/** Decides as `inner` does, and notes pairs that a declaration says can be swapped. */
export class PairFinder implements Strategy {
  readonly pairs: Pair[] = [];
  /** Hosts of which a pair was due. */
  readonly hosts = new Set<string>();
  private readonly inner: Strategy;
  private sim: Simulation | null = null;

  constructor(inner: Strategy) {
    this.inner = inner;
  }

  begin(): void {
    this.inner.begin();
  }

  watch(sim: Simulation): true {
    this.sim = sim;
    return true;
  }

  choose(label: Label, arity: number, chains: readonly Chain[] | null, owner: Chain | null): number {
    if (label === ORDER && chains !== null && this.sim !== null)
      this.note(this.sim, chains as readonly Event[]);
    return this.inner.choose(label, arity, chains, owner);
  }

  private note(sim: Simulation, events: readonly Event[]): void {
    const prints = events.map((event) => event.footprint());
    for (let one = 0; one < events.length; one += 1) {
      const a = prints[one];
      if (!a.isIndependentInside || a.connection === 0) continue;
      // A turn that is due already would serve more than the pair.
      if (events.some((event) => isTurnOf(event, a.host))) continue;
      for (let other = one + 1; other < events.length; other += 1) {
        const b = prints[other];
        if (b.host !== a.host || b.root === a.root || b.atMs !== a.atMs || b.connection === 0) continue;
        this.hosts.add(a.host);
        const prefix = sim.decisions.choices.slice();
        this.pairs.push({ host: a.host, first: a.chainId, second: b.chainId, step: sim.steps, prefix });
      }
    }
  }
}
