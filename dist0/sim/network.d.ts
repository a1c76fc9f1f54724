import type { Timer } from '../core/clock.ts';
import type { Decisions } from './decisions/decisions.ts';
import { type Label } from './decisions/label.ts';
import type { Host } from './host.ts';
import { Link } from './link/link.ts';
import { LinkPair } from './link/link-pair.ts';
import { Names } from './names/names.ts';
import type { Arena } from './tcp/arena.ts';
import type { Connection } from './tcp/connection.ts';
import type { IdleBreaks } from './tcp/idle-breaks.ts';
import { type Event, Schedule } from './time/schedule-queue.ts';
import type { Trace } from './trace.ts';
export declare class Network {
  readonly schedule: Schedule;
  readonly decisions: Decisions;
  readonly arena: Arena;
  readonly trace: Trace | null;
  /** The families that may deviate, as bits by label index. */
  readonly mask: number;
  /** How many bytes a direction takes that the receiver has not read. */
  readonly windowBytes: number;
  readonly latencyMs: number;
  /** How often each family's fault really happened, by label index. */
  readonly faults: number[];
  /** Counts everything that changed something; a turn that leaves it alone was for nothing. */
  effects: number;
  private readonly hosts;
  /** By the numbers of the hosts, from and to. */
  private readonly links;
  /** @internal Runs a function as a host's program; set by whoever lets programs run. */
  enter: (<T>(host: Host, body: () => T) => T) | null;
  /** @internal Hears of each host that crashes; set by whoever keeps what its programs have open. */
  onCrash: ((host: Host) => void) | null;
  /** @internal Every connection made, if the search tells states apart. */
  made: Connection[] | null;
  /** @internal What answers decisions that are named as they come; the simulation. */
  chooser: {
    decide(label: string, arity: number): number;
  } | null;
  /** @internal Whether a scenario lets a link be cut. */
  mayPartition: boolean;
  /** @internal What breaks idle connections, if a scenario lets it. */
  idleBreaks: IdleBreaks | null;
  /** Whether a fault plan has been made by hand: what it does is not told by footprints. */
  isPlanned: boolean;
  /** @internal Names of hosts that a scenario declares separate. */
  separated: Set<string> | null;
  /** @internal What was said of names, if anything was. */
  names: Names | null;
  private timeline;
  private connections;
  constructor(options: {
    decisions: Decisions;
    arena: Arena;
    trace: Trace | null;
    mask: number;
    windowBytes: number;
    latencyMs: number;
    orderWindowMs: number;
  });
  /** How many hosts there are. */
  get hostCount(): number;
  /** The number of connections made so far. */
  get connectionCount(): number;
  nextConnectionNumber(connection: Connection): number;
  add(host: Host): void;
  /** Runs `body` as the program of `host`. Throws StateError unless `enter` is set. */
  runAs<T>(host: Host, body: () => T): T;
  /** @internal Starts the programs of `host` anew: as its own, where programs can run. */
  boot(host: Host, boot: () => void): void;
  /** The host with this name or address, or null. */
  find(nameOrAddress: string): Host | null;
  /** What names mean, and which cannot be resolved: `sim.network.naming.set('db.example', ['10.0.0.5', 'fd00::5'])`. */
  get naming(): Names;
  /** Both directions between two hosts, each by name or address. */
  link(from: string, to: string): LinkPair;
  /** The host with this name or address; ERR_TOPOLOGY if there is none. */
  existing(nameOrAddress: string): Host;
  /** Calls `action` at a time of the run, in virtual milliseconds; at once if that has passed. */
  at(atMs: number, action: () => void): void;
  /** @internal A timer of the network's own, which no host's pause or crash touches. */
  setTimer(delayMs: number, action: () => void): Timer;
  /** @internal Who is silent may have changed: whoever asks, or waits for room, begins or ends asking. */
  noteSilence(): void;
  /** @internal Somebody has meddled with the network by hand. */
  notePlan(): void;
  /** @internal What was planned by hand and is still to come, and what links are like, as text. */
  stateText(): string;
  /** @internal A decision named as it comes; calm without a simulation. */
  choose(label: string, arity: number): number;
  /** @internal */
  noteCrash(host: Host): void;
  /** @internal */
  noteRestart(host: Host): void;
  private noteHost;
  /** @internal The link from one host to another, made when first asked for; to itself it takes no time. */
  linkBetween(from: Host, to: Host): Link;
  /** Counts a fault that has happened. Whether somebody wants to be told of it: no text is made for nobody. */
  countFault(label: Label): boolean;
  /** Says what the decision made last was, and where. */
  tellFault(
    place: {
      toString(): string;
    },
    text: string,
  ): void;
  /** An event has been taken before the one that was due. Both are described as they stand, before it happens. */
  noteOvertaking(event: Event, overtaken: Event): void;
  record(place: string, kind: string, detail?: string): void;
}
