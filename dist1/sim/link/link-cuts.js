// A link that is cut by decision, where its scenario lets it: as a segment arrives there.
import { PARTITION } from '../decisions/label.js';

/** What a choice cuts, and for how long: two of them do not make anybody give up who is open, or connects (127 s). */
const CUTS = [
  { isBothWays: false, durationMs: 0 },
  { isBothWays: false, durationMs: 1_000 },
  { isBothWays: false, durationMs: 30_000 },
  { isBothWays: true, durationMs: 30_000 },
];
/** How often a link is cut in one run: a search must come to an end. */
const TIMES_MAX = 2;
export class LinkCuts {
  constructor(network, link, back) {
    this.count = 0;
    this.endsAtMs = 0;
    this.network = network;
    this.link = link;
    this.back = back;
  }
  /** Whether the link is cut as a segment arrives. */
  strikes() {
    const { network, link, back } = this;
    if (this.count >= TIMES_MAX || (network.mask & (1 << PARTITION.index)) === 0) return false;
    const { isBothWays, durationMs } = CUTS[network.decisions.decide(PARTITION, CUTS.length)];
    if (durationMs === 0) return false;
    this.count += 1;
    const way = isBothWays ? 'both ways' : 'one way';
    this.note(PARTITION, `is cut ${way} for ${durationMs} ms`);
    const cut = isBothWays ? [link, back] : [link];
    for (const each of cut) each.partition();
    this.endsAtMs = network.schedule.nowMs + durationMs;
    network.setTimer(durationMs, () => {
      for (const each of cut) each.repair();
    });
    return true;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    return `c${this.count}@${Math.max(0, this.endsAtMs - this.network.schedule.nowMs)}`;
  }
  note(label, text) {
    if (this.network.countFault(label)) this.network.tellFault(this.link, text);
  }
}
