import type { Host } from './host.ts';
import { Event } from './schedule-queue.ts';
import type { Footprint } from './search/footprint.ts';

/** A host's turn as an event of its own: a program may be slow to look. */
export class HostTurn extends Event {
  private readonly host: Host;

  constructor(host: Host) {
    super(host.network.schedule.nextChainId());
    this.host = host;
  }

  override fire(): void {
    this.host.runTurn();
  }

  override footprint(): Footprint {
    return this.host.footprintAs(this.chainId, this.atMs);
  }

  override describe(): string {
    return `turn of ${this.host.name}`;
  }
}
