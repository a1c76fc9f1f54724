import { ORDER } from '../decisions/label.js';
import { HostTurn } from '../host-turn.js';
import { hash } from '../strategies/random.js';

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
export class SwapStrategy {
  constructor(pair) {
    /** Set once both were served. */
    this.swapped = null;
    /** Whether the wanted event could not be taken: the two are not next to each other here. */
    this.isGivenUp = false;
    this.counts = new Map();
    this.steps = [];
    this.delivered = [];
    this.index = 0;
    this.served = 0;
    this.turns = 0;
    this.turnsLeft = 0;
    this.wanted = -1;
    this.pair = pair;
  }
  begin() {
    this.index = 0;
  }
  choose(label, arity, chains, owner) {
    const { index, pair } = this;
    this.index = index + 1;
    if (index < pair.prefix.length) return Math.min(pair.prefix[index], arity - 1);
    if (label === ORDER && chains !== null) return this.chooseEvent(chains);
    return owner === null || pair.calm.has(label.name) ? 0 : this.draw(label, arity, owner);
  }
  /** Before each step: says what is to come next. False if the pair was given up. */
  watch(sim) {
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
      if (this.delivered.some((event) => event.isDirty)) return false;
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
  onTaken(event) {
    if (this.wanted < 0) return;
    if (event.chainId !== this.wanted) this.isGivenUp = true;
    if (event instanceof HostTurn) return;
    this.steps.push(event.describe());
    this.delivered.push(event);
  }
  chooseEvent(events) {
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
  draw(label, arity, owner) {
    const key = `${label.name} ${owner.name}`;
    const count = this.counts.get(key) ?? 0;
    this.counts.set(key, count + 1);
    let { seed } = this.pair;
    for (let index = 0; index < key.length; index += 1) seed = hash(seed, key.charCodeAt(index), index);
    const drawn = hash(seed, label.index, count);
    return drawn % DEVIATES_ONE_IN === 0 ? hash(drawn, label.index, count) % arity : 0;
  }
}
function unorderedStateOf(sim) {
  const { schedule } = sim.network;
  schedule.ignoresTies = true;
  try {
    return sim.fingerprint();
  } finally {
    schedule.ignoresTies = false;
  }
}
function turnOf(sim, host) {
  return sim.network.schedule.pending(PENDING_MAX).find((event) => isTurnOf(event, host));
}
function isTurnOf(event, host) {
  return event instanceof HostTurn && event.footprint().host === host;
}
/** Decides as `inner` does, and notes pairs that a declaration says can be swapped. */
export class PairFinder {
  constructor(inner) {
    this.pairs = [];
    /** Hosts of which a pair was due. */
    this.hosts = new Set();
    this.sim = null;
    this.inner = inner;
  }
  begin() {
    this.inner.begin();
  }
  watch(sim) {
    this.sim = sim;
    return true;
  }
  choose(label, arity, chains, owner) {
    if (label === ORDER && chains !== null && this.sim !== null) this.note(this.sim, chains);
    return this.inner.choose(label, arity, chains, owner);
  }
  note(sim, events) {
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
