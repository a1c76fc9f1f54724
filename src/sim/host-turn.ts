import type { Channel } from '../core/channel.ts';
import { READY } from './decisions/label.ts';
import { SimulationError } from './errors.ts';
import type { Host } from './host.ts';
import type { Footprint } from './search/footprint.ts';
import { Event, type Group } from './time/schedule-queue.ts';

/** A host's turn as an event of its own: a program may be slow to look. */
export class HostTurn extends Event {
  private readonly host: Host;

  constructor(host: Host) {
    super(host.network.schedule.nextChainId());
    this.host = host;
  }

  override fire(): void {
    if (!this.host.isPaused) this.host.runTurn();
  }

  override footprint(): Footprint {
    return this.host.footprintAs(this.chainId, this.atMs);
  }

  override get group(): Group {
    return this.host.groupOfTurn();
  }

  override get callsNoProgram(): boolean {
    return this.host.reactor.firstChannel === null;
  }

  override describe(): string {
    return `the turn of ${this.host.name}`;
  }
}

/** The place of the due channel that is served next, by decision. */
export function pickReady({ clock, name, network }: Host, due: readonly Channel[]): number {
  const choice = network.decisions.decide(READY, due.length, null, clock);
  if (choice !== 0 && network.countFault(READY)) {
    const text = `ready channel ${choice + 1} of ${due.length} is served first`;
    network.tellFault(name, `${text}: ${String(due[choice])} before ${String(due[0])}`);
  }
  return choice;
}

/** What a run is called in which a program is served again and again, and does nothing. */
export function livelock(host: Host, turns: number): SimulationError {
  const channels = [...host.reactor.channels()].filter((channel) => channel.isChannelDue()).map(String);
  return new SimulationError(
    'ERR_LIVELOCK',
    `${host}: ${turns} turns in a row called handlers without any effect; ready again and again: ${channels.join(', ')}. ` +
      'A handler must receive, send or close what it is called for, or say that it wants no such call (wantRead, wantWrite).',
  );
}
