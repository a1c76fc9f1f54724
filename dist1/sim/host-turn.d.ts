import type { Channel } from '../core/channel.ts';
import { SimulationError } from './errors.ts';
import type { Host } from './host.ts';
import type { Footprint } from './search/footprint.ts';
import { Event, type Group } from './time/schedule-queue.ts';
/** A host's turn as an event of its own: a program may be slow to look. */
export declare class HostTurn extends Event {
  private readonly host;
  constructor(host: Host);
  fire(): void;
  footprint(): Footprint;
  get group(): Group;
  get callsNoProgram(): boolean;
  describe(): string;
}
/** The place of the due channel that is served next, by decision. */
export declare function pickReady({ clock, name, network }: Host, due: readonly Channel[]): number;
/** What a run is called in which a program is served again and again, and does nothing. */
export declare function livelock(host: Host, turns: number): SimulationError;
