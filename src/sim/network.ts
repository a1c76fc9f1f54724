// What the hosts of one simulation share: time, links, names, decisions, and the count of what happened.

import { checkDuration, checkFunction, checkText } from '../core/arguments.ts';
import type { Timer } from '../core/clock.ts';
import { StateError } from '../core/errors.ts';
import type { Decisions } from './decisions/decisions.ts';
import { LABELS, type Label } from './decisions/label.ts';
import { SimulationError } from './errors.ts';
import type { Host } from './host.ts';
import { Link } from './link/link.ts';
import { LinkPair } from './link/link-pair.ts';
import { canonicalAddress } from './names/ip.ts';
import { Names } from './names/names.ts';
import { OrderSentences } from './order-sentences.ts';
import type { Footprint } from './search/footprint.ts';
import type { SimulationSettings } from './simulation-options.ts';
import type { Arena } from './tcp/arena.ts';
import type { Connection } from './tcp/connection.ts';
import type { IdleBreaks } from './tcp/idle-breaks.ts';
import { HostClock } from './time/clock.ts';
import { Schedule } from './time/schedule-queue.ts';
import type { Trace } from './trace.ts';

export class Network {
  readonly schedule = new Schedule();
  readonly decisions: Decisions;
  readonly arena: Arena;
  readonly trace: Trace | null;
  /** The families that may deviate, as bits by label index. */
  readonly mask: number;
  /** How many bytes a direction takes that the receiver has not read. */
  readonly windowBytes: number;
  readonly latencyMs: number;
  /** How often each family's fault really happened, by label index. */
  readonly faults: number[] = NO_FAULTS.slice();
  /** Counts everything that changed something; a turn that leaves it alone was for nothing. */
  effects = 0;
  private readonly hosts = new Map<string, Host>();
  /** By the numbers of the hosts, from and to. */
  private readonly links: (Link | undefined)[][] = [];
  /** @internal Runs a function as a host's program; set by whoever lets programs run. */
  enter: (<T>(host: Host, body: () => T) => T) | null = null;
  /** @internal Hears of each host that crashes; set by whoever keeps what its programs have open. */
  onCrash: ((host: Host) => void) | null = null;
  /** @internal Every connection made, if the search tells states apart. */
  made: Connection[] | null = null;
  /** @internal What answers decisions that are named as they come; the simulation. */
  chooser: { decide(label: string, arity: number): number } | null = null;
  /** @internal Whether a scenario lets a link be cut. */
  mayPartition = false;
  /** @internal What breaks idle connections, if a scenario lets it. */
  idleBreaks: IdleBreaks | null = null;
  /** Whether a fault plan has been made by hand: what it does is not told by footprints. */
  isPlanned = false;
  /** @internal Names of hosts that a scenario declares separate. */
  separated: Set<string> | null = null;
  /** @internal What was said of names, if anything was. */
  names: Names | null = null;
  private timeline: HostClock | null = null;
  private connections = 0;

  constructor(
    settings: Pick<SimulationSettings, 'mask' | 'windowBytes' | 'latencyMs' | 'orderWindowMs'>,
    run: { readonly decisions: Decisions; readonly arena: Arena; readonly trace: Trace | null },
  ) {
    this.decisions = run.decisions;
    this.arena = run.arena;
    this.trace = run.trace;
    this.mask = settings.mask;
    this.windowBytes = settings.windowBytes;
    this.latencyMs = settings.latencyMs;
    this.schedule.orderWindowMs = settings.orderWindowMs;
    if (this.trace !== null) this.tellOrder(this.trace);
  }

  /** How many hosts there are. */
  get hostCount(): number {
    return this.links.length;
  }

  /** The number of connections made so far. */
  get connectionCount(): number {
    return this.connections;
  }

  nextConnectionNumber(connection: Connection): number {
    this.connections += 1;
    this.made?.push(connection);
    return this.connections;
  }

  add(host: Host): void {
    const { name, address, moreAddresses } = host;
    this.expectFree(name);
    this.expectFree(address);
    if (moreAddresses !== null) for (const other of moreAddresses) this.expectFree(other);
    this.links.push([]);
    this.hosts.set(name, host);
    this.hosts.set(address, host);
    if (moreAddresses !== null) for (const other of moreAddresses) this.hosts.set(other, host);
  }

  /** Runs `body` as the program of `host`. Throws StateError unless `enter` is set. */
  runAs<T>(host: Host, body: () => T): T {
    if (this.enter === null)
      throw new StateError(
        'ERR_NOT_INSTALLED',
        `${host} can run programs only while the simulation is installed: install(sim) of foulweather/harness`,
      );
    return this.enter(host, body);
  }

  /** @internal Starts the programs of `host` anew: as its own, where programs can run. */
  boot(host: Host, boot: () => void): void {
    if (this.enter === null) boot();
    else this.enter(host, boot);
  }

  /** The host with this name or address, or null. */
  find(nameOrAddress: string): Host | null {
    const host = this.hosts.get(nameOrAddress);
    if (host !== undefined) return host;
    return nameOrAddress.includes(':') ? (this.hosts.get(canonicalAddress(nameOrAddress)) ?? null) : null;
  }

  /** What names mean, and which cannot be resolved: `sim.network.naming.set('db.example', ['10.0.0.5', 'fd00::5'])`. */
  get naming(): Names {
    this.names ??= new Names(() => this.notePlan());
    return this.names;
  }

  /** Both directions between two hosts, each by name or address. */
  link(from: string, to: string): LinkPair {
    const [one, other] = [this.existing(from), this.existing(to)];
    return new LinkPair(this.linkBetween(one, other), this.linkBetween(other, one));
  }

  /** The host with this name or address; ERR_TOPOLOGY if there is none. */
  existing(nameOrAddress: string): Host {
    checkText('host', nameOrAddress);
    const host = this.find(nameOrAddress);
    if (host !== null) return host;
    const names = [...new Set(this.hosts.values())].map((known) => known.name);
    throw new SimulationError(
      'ERR_TOPOLOGY',
      `no host is named ${nameOrAddress}; there are ${names.join(', ') || 'none'}`,
    );
  }

  /** Calls `action` at a time of the run, in virtual milliseconds; at once if that has passed. */
  at(atMs: number, action: () => void): void {
    checkDuration('atMs', atMs);
    checkFunction('action', action);
    this.isPlanned = true;
    this.setTimer(Math.max(0, atMs - this.schedule.nowMs), action);
  }

  /** @internal A timer of the network's own, which no host's pause or crash touches. */
  setTimer(delayMs: number, action: () => void): Timer {
    if (this.timeline === null) {
      this.timeline = new HostClock(this.schedule);
      this.timeline.owner = EVERYWHERE;
    }
    return this.timeline.setTimer(delayMs, action);
  }

  /** @internal Who is silent may have changed: whoever asks, or waits for room, begins or ends asking. */
  noteSilence(): void {
    for (const host of new Set(this.hosts.values()))
      for (const endpoint of host.openEndpoints) endpoint.noteSilence();
  }

  /** @internal Somebody has meddled with the network by hand. */
  notePlan(): void {
    this.isPlanned = true;
  }

  /** @internal What was planned by hand and is still to come, and what links are like, as text. */
  stateText(): string {
    let text = `${this.timeline?.stateText() ?? ''}${this.names?.stateText() ?? ''}${this.idleBreaks?.stateText() ?? ''}`;
    if (this.isPlanned)
      for (const row of this.links)
        for (const link of row) if (link !== undefined) text += ` ${link.stateText()}`;
    return text;
  }

  /** @internal A decision named as it comes; calm without a simulation. */
  choose(label: string, arity: number): number {
    return this.chooser === null ? 0 : this.chooser.decide(label, arity);
  }

  /** @internal */
  noteCrash(host: Host): void {
    this.onCrash?.(host);
    this.noteHost(host, 'crash');
  }

  /** @internal */
  noteRestart(host: Host): void {
    this.noteHost(host, 'restart');
  }

  private expectFree(key: string): void {
    if (this.hosts.has(key))
      throw new SimulationError(
        'ERR_TOPOLOGY',
        `two hosts answer to ${key}; give each its own name and address`,
      );
  }

  private noteHost(host: Host, event: string): void {
    this.isPlanned = true;
    this.record(host.name, event);
    for (const row of this.links) row[host.number]?.reopen();
  }

  /** @internal The link from one host to another, made when first asked for; to itself it takes no time. */
  linkBetween(from: Host, to: Host): Link {
    const row = this.links[from.number];
    const known = row[to.number];
    if (known !== undefined) return known;
    const link = new Link(this, from.name, to, from === to ? 0 : this.latencyMs);
    row[to.number] = link;
    return link;
  }

  /** Counts a fault that has happened. Whether somebody wants to be told of it: no text is made for nobody. */
  countFault(label: Label): boolean {
    this.faults[label.index] += 1;
    return this.trace !== null;
  }

  /** Says what the decision made last was, and where. */
  tellFault(place: { toString(): string }, text: string): void {
    const atMs = this.schedule.nowMs;
    this.trace?.deviations.push({ decision: this.decisions.length - 1, atMs, text: `${place}: ${text}` });
  }

  private tellOrder(trace: Trace): void {
    const { schedule } = this;
    const sentences = new OrderSentences(trace);
    schedule.onOrder = (events, choice) => {
      const atMs = Math.max(schedule.nowMs, events[choice].atMs);
      sentences.note(events, choice, { decision: this.decisions.length - 1, atMs });
    };
  }

  record(place: string, kind: string, detail = ''): void {
    this.trace?.record(this.schedule.nowMs, place, kind, detail);
  }
}

const NO_FAULTS: readonly number[] = LABELS.map(() => 0);

/** What happens to the network itself commutes with nothing. */
const EVERYWHERE = {
  name: 'the scenario',
  footprintAs: (chainId: number, atMs: number): Footprint => ({
    chainId,
    host: '',
    peer: null,
    connection: 0,
    root: '',
    isReset: false,
    atMs,
    isIndependentInside: false,
    neighbours: new Set(),
  }),
};
