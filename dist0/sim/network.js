// What the hosts of one simulation share: time, links, names, decisions, and the count of what happened.
import { checkDuration, checkFunction, checkText } from '../core/arguments.js';
import { StateError } from '../core/errors.js';
import { LABELS, ORDER } from './decisions/label.js';
import { SimulationError } from './errors.js';
import { Link } from './link/link.js';
import { LinkPair } from './link/link-pair.js';
import { canonicalAddress } from './names/ip.js';
import { Names } from './names/names.js';
import { HostClock } from './time/clock.js';
import { Schedule } from './time/schedule-queue.js';
export class Network {
  constructor(options) {
    this.schedule = new Schedule();
    /** How often each family's fault really happened, by label index. */
    this.faults = NO_FAULTS.slice();
    /** Counts everything that changed something; a turn that leaves it alone was for nothing. */
    this.effects = 0;
    this.hosts = new Map();
    /** By the numbers of the hosts, from and to. */
    this.links = [];
    /** @internal Runs a function as a host's program; set by whoever lets programs run. */
    this.enter = null;
    /** @internal Hears of each host that crashes; set by whoever keeps what its programs have open. */
    this.onCrash = null;
    /** @internal Every connection made, if the search tells states apart. */
    this.made = null;
    /** @internal What answers decisions that are named as they come; the simulation. */
    this.chooser = null;
    /** @internal Whether a scenario lets a link be cut. */
    this.mayPartition = false;
    /** @internal What breaks idle connections, if a scenario lets it. */
    this.idleBreaks = null;
    /** Whether a fault plan has been made by hand: what it does is not told by footprints. */
    this.isPlanned = false;
    /** @internal Names of hosts that a scenario declares separate. */
    this.separated = null;
    /** @internal What was said of names, if anything was. */
    this.names = null;
    this.timeline = null;
    this.connections = 0;
    this.decisions = options.decisions;
    this.arena = options.arena;
    this.trace = options.trace;
    this.mask = options.mask;
    this.windowBytes = options.windowBytes;
    this.latencyMs = options.latencyMs;
    this.schedule.orderWindowMs = options.orderWindowMs;
  }
  /** How many hosts there are. */
  get hostCount() {
    return this.links.length;
  }
  /** The number of connections made so far. */
  get connectionCount() {
    return this.connections;
  }
  nextConnectionNumber(connection) {
    this.connections += 1;
    this.made?.push(connection);
    return this.connections;
  }
  add(host) {
    for (const key of [host.name, ...host.addresses]) {
      if (this.hosts.has(key))
        throw new SimulationError(
          'ERR_TOPOLOGY',
          `two hosts answer to ${key}; give each its own name and address`,
        );
    }
    this.links.push([]);
    this.hosts.set(host.name, host);
    this.hosts.set(host.address, host);
    if (host.moreAddresses !== null) for (const address of host.moreAddresses) this.hosts.set(address, host);
  }
  /** Runs `body` as the program of `host`. Throws StateError unless `enter` is set. */
  runAs(host, body) {
    if (this.enter === null)
      throw new StateError(
        'ERR_NOT_INSTALLED',
        `${host} can run programs only while the simulation is installed: install(sim) of foulweather/harness`,
      );
    return this.enter(host, body);
  }
  /** @internal Starts the programs of `host` anew: as its own, where programs can run. */
  boot(host, boot) {
    if (this.enter === null) boot();
    else this.enter(host, boot);
  }
  /** The host with this name or address, or null. */
  find(nameOrAddress) {
    const host = this.hosts.get(nameOrAddress);
    if (host !== undefined) return host;
    return nameOrAddress.includes(':') ? (this.hosts.get(canonicalAddress(nameOrAddress)) ?? null) : null;
  }
  /** What names mean, and which cannot be resolved: `sim.network.naming.set('db.example', ['10.0.0.5', 'fd00::5'])`. */
  get naming() {
    this.names ??= new Names(() => this.notePlan());
    return this.names;
  }
  /** Both directions between two hosts, each by name or address. */
  link(from, to) {
    const [one, other] = [this.existing(from), this.existing(to)];
    return new LinkPair(this.linkBetween(one, other), this.linkBetween(other, one));
  }
  /** The host with this name or address; ERR_TOPOLOGY if there is none. */
  existing(nameOrAddress) {
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
  at(atMs, action) {
    checkDuration('atMs', atMs);
    checkFunction('action', action);
    this.isPlanned = true;
    this.setTimer(Math.max(0, atMs - this.schedule.nowMs), action);
  }
  /** @internal A timer of the network's own, which no host's pause or crash touches. */
  setTimer(delayMs, action) {
    if (this.timeline === null) {
      this.timeline = new HostClock(this.schedule);
      this.timeline.owner = EVERYWHERE;
    }
    return this.timeline.setTimer(delayMs, action);
  }
  /** @internal Who is silent may have changed: whoever asks, or waits for room, begins or ends asking. */
  noteSilence() {
    for (const host of new Set(this.hosts.values()))
      for (const endpoint of host.openEndpoints) endpoint.noteSilence();
  }
  /** @internal Somebody has meddled with the network by hand. */
  notePlan() {
    this.isPlanned = true;
  }
  /** @internal What was planned by hand and is still to come, and what links are like, as text. */
  stateText() {
    let text = `${this.timeline?.stateText() ?? ''}${this.names?.stateText() ?? ''}${this.idleBreaks?.stateText() ?? ''}`;
    if (this.isPlanned)
      for (const row of this.links)
        for (const link of row) if (link !== undefined) text += ` ${link.stateText()}`;
    return text;
  }
  /** @internal A decision named as it comes; calm without a simulation. */
  choose(label, arity) {
    return this.chooser === null ? 0 : this.chooser.decide(label, arity);
  }
  /** @internal */
  noteCrash(host) {
    this.onCrash?.(host);
    this.noteHost(host, 'crash');
  }
  /** @internal */
  noteRestart(host) {
    this.noteHost(host, 'restart');
  }
  noteHost(host, event) {
    this.isPlanned = true;
    this.record(host.name, event);
    for (const row of this.links) row[host.number]?.reopen();
  }
  /** @internal The link from one host to another, made when first asked for; to itself it takes no time. */
  linkBetween(from, to) {
    const row = this.links[from.number];
    const known = row[to.number];
    if (known !== undefined) return known;
    const link = new Link(this, from.name, to, from === to ? 0 : this.latencyMs);
    row[to.number] = link;
    return link;
  }
  /** Counts a fault that has happened. Whether somebody wants to be told of it: no text is made for nobody. */
  countFault(label) {
    this.faults[label.index] += 1;
    return this.trace !== null;
  }
  /** Says what the decision made last was, and where. */
  tellFault(place, text) {
    const atMs = this.schedule.nowMs;
    this.trace?.deviations.push({ decision: this.decisions.length - 1, atMs, text: `${place}: ${text}` });
  }
  /** An event has been taken before the one that was due. Both are described as they stand, before it happens. */
  noteOvertaking(event, overtaken) {
    this.faults[ORDER.index] += 1;
    if (this.trace === null) return;
    const text = `${event.describe()} comes before ${overtaken.describe()}`;
    this.trace.deviations.push({ decision: this.decisions.length - 1, atMs: this.schedule.nowMs, text });
  }
  record(place, kind, detail = '') {
    this.trace?.record(this.schedule.nowMs, place, kind, detail);
  }
}
const NO_FAULTS = LABELS.map(() => 0);
/** What happens to the network itself commutes with nothing. */
const EVERYWHERE = {
  name: 'the scenario',
  footprintAs: (chainId, atMs) => ({
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
