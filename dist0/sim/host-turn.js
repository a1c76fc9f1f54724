import { READY } from './decisions/label.js';
import { SimulationError } from './errors.js';
import { Event } from './time/schedule-queue.js';
/** A host's turn as an event of its own: a program may be slow to look. */
export class HostTurn extends Event {
  constructor(host) {
    super(host.network.schedule.nextChainId());
    this.host = host;
  }
  fire() {
    if (!this.host.isPaused) this.host.runTurn();
  }
  footprint() {
    return this.host.footprintAs(this.chainId, this.atMs);
  }
  get group() {
    return this.host.groupOfTurn();
  }
  get callsNoProgram() {
    return this.host.reactor.firstChannel === null;
  }
  describe() {
    return `the turn of ${this.host.name}`;
  }
}
/** The place of the due channel that is served next, by decision. */
export function pickReady({ clock, name, network }, due) {
  const choice = network.decisions.decide(READY, due.length, null, clock);
  if (choice !== 0 && network.countFault(READY)) {
    const text = `ready channel ${choice + 1} of ${due.length} is served first`;
    network.tellFault(name, `${text}: ${String(due[choice])} before ${String(due[0])}`);
  }
  return choice;
}
/** What a run is called in which a program is served again and again, and does nothing. */
export function livelock(host, turns) {
  const channels = [...host.reactor.channels()].filter((channel) => channel.isChannelDue()).map(String);
  return new SimulationError(
    'ERR_LIVELOCK',
    `${host}: ${turns} turns in a row called handlers without any effect; ready again and again: ${channels.join(', ')}. ` +
      'A handler must receive, send or close what it is called for, or say that it wants no such call (wantRead, wantWrite).',
  );
}
