// A world of hosts on one network and one virtual time, run by taking the next event until none is left.
import {
  checkBoolean,
  checkDuration,
  checkFunction,
  checkInteger,
  checkOptions,
  checkText,
} from '../core/arguments.ts';
import { AssertionFailure } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { Decisions } from './decisions/decisions.ts';
import {
  FAMILIES,
  type Family,
  FIRST_PROGRAM_LABEL,
  familyMask,
  KILLING,
  LABELS,
  type Label,
  ORDER,
} from './decisions/label.ts';
import { SimulationError } from './errors.ts';
import { fingerprintNetwork, haveFingerprints } from './fingerprint.ts';
import { Host } from './host.ts';
import {
  brokenBy,
  checkHosts,
  expectAnswer,
  isOfSomeHosts,
  type Law,
  type LawOptions,
  lawOf,
} from './law.ts';
import type { Link } from './link/link.ts';
import { Marks } from './marks.ts';
import { checkSameAddresses, hostAddresses } from './names/host-addresses.ts';
import { Network } from './network.ts';
import {
  type HostOptions,
  type RunOptions,
  type SimulationOptions,
  SimulationSettings,
} from './simulation-options.ts';
import { Arena } from './tcp/arena.ts';
import { type Buffers, checkBuffers } from './tcp/buffers.ts';
import type { Connection } from './tcp/connection.ts';
import { CANDIDATES_MAX, type Event } from './time/schedule-queue.ts';
import { Trace } from './trace.ts';

const DEFAULT_MAX_STEPS = 1_000_000;

const NO_OPTIONS: HostOptions = {};

export class Simulation {
  readonly network: Network;
  readonly decisions: Decisions;
  readonly trace: Trace | null;
  /** Events taken so far. */
  steps = 0;
  private readonly hostList: Host[] = [];
  // Made when first needed: most runs need neither.
  private marks: Marks | null = null;
  private programLabels: Map<string, Label> | null = null;
  private readonly mayReorder: boolean;
  private readonly buffers: Buffers | null;
  private readonly log: Log | undefined;
  /** @internal Told of each event taken, before it happens. */
  onTaken: ((event: Event) => void) | null = null;
  /** @internal Up to so many decisions this run repeats one that was found right: invariants are not asked again. */
  repeatedDecisions = -1;
  /** @internal Families whose counts somebody has asked for, and those whose counts are part of the state, as bits. */
  askedFaults = 0;
  /** @internal */ toldFaults = 0;
  /** @internal */ readonly invariants: Law[] = [];
  private readonly outcomes: Law[] = [];
  private readonly identities: (() => string)[] = [];
  /** The law that is asked, or was broken. */ private lawAsked: Law | null = null;
  private asksOfOthers = false;
  private failure: { readonly error: unknown } | null = null;

  /** @internal `decisions` are made elsewhere, then instead of by `options.strategy`. */
  constructor(options: SimulationOptions | SimulationSettings = {}, decisions?: Decisions) {
    const settings = options instanceof SimulationSettings ? options : new SimulationSettings(options);
    this.decisions = decisions ?? settings.decisions ?? new Decisions(settings.strategy);
    this.trace = settings.hasTrace ? new Trace() : null;
    this.log = settings.log;
    const arena = settings.arena ?? new Arena(1 << 16);
    arena.begin(this);
    this.network = new Network(settings, { decisions: this.decisions, arena, trace: this.trace });
    this.buffers = settings.buffers;
    this.network.chooser = this;
    if (settings.hasFingerprints) this.network.made = [];
    this.mayReorder = (settings.mask & (1 << ORDER.index)) !== 0;
  }

  /** Virtual time in milliseconds since the beginning of the run. */
  get nowMs(): number {
    return this.network.schedule.nowMs;
  }

  /** The hosts, in the order in which they were made. */
  get hosts(): readonly Host[] {
    return this.hostList;
  }

  /** A host by name: made when first asked for. */
  host(name: string, options: HostOptions = NO_OPTIONS): Host {
    checkText('name', name);
    if (options !== NO_OPTIONS) checkOptions(`options of host ${name}`, options);
    const known = this.network.find(name);
    if (known !== null && known.name === name) {
      checkSameAddresses(known, options);
      return known;
    }
    const addresses = hostAddresses(name, options, this.hostList.length + 1);
    const buffers =
      options.buffers === undefined ? this.buffers : checkBuffers(`buffers of host ${name}`, options.buffers);
    const onUncaught = (error: unknown): void => this.fail(error);
    const host = new Host(
      this.network,
      name,
      addresses,
      { log: this.log, onUncaught, order: options.order },
      buffers,
    );
    this.network.add(host);
    this.hostList.push(host);
    return host;
  }

  /** The link from one host to another, each by name; both must exist. */
  link(from: string, to: string): Link {
    return this.network.linkBetween(this.network.existing(from), this.network.existing(to));
  }

  /** Calls `action` at a time of the run, in virtual milliseconds: a fault plan by time. */
  at(atMs: number, action: () => void): void {
    this.network.at(atMs, action);
  }

  /** The connections that a program still holds an end of, in the order of their connect calls. */
  get connections(): Connection[] {
    const found = new Set<Connection>();
    for (const host of this.hostList)
      for (const endpoint of host.openEndpoints) found.add(endpoint.in.connection);
    return [...found].sort((a, b) => a.number - b.number);
  }

  /** A choice of the program's or scenario's own, explored like the network's: from 0 (the calm one) to `arity` (excluded). */
  decide(label: string, arity: number): number {
    checkText('label', label);
    checkInteger('arity', arity, 1);
    this.programLabels ??= new Map();
    let known = this.programLabels.get(label);
    if (known === undefined) {
      const index = FIRST_PROGRAM_LABEL + this.programLabels.size;
      known = { name: label, index, code: `p${this.programLabels.size}` };
      this.programLabels.set(label, known);
    }
    const choice = this.decisions.decide(known, arity);
    if (choice !== 0)
      this.trace?.deviations.push({
        decision: this.decisions.length - 1,
        atMs: this.nowMs,
        text: `${label}: choice ${choice} of 0 to ${arity - 1}`,
      });
    return choice;
  }

  /** What must hold after every step (safety): `check` throws, or returns false, when it does not. */
  always(law: string, check: () => unknown, options: LawOptions = {}): void {
    this.invariants.push(lawOf(law, check, options));
  }

  /** What must hold at the end, once nothing is left to happen (liveness): `check` throws, or returns false, when it does not. */
  eventually(law: string, check: () => unknown): void {
    this.outcomes.push(lawOf(law, check));
  }

  /**
   * Records whether an interesting state is reached, so that a search can say which never were. A condition that is a function
   * is asked after every step from now on. `options.reads` says which hosts it looks at, as for `always`: unless that is
   * one, a search leaves no orders among connections out.
   */
  sometimes(name: string, condition: boolean | (() => unknown) = true, options: LawOptions = {}): void {
    this.marks ??= new Marks();
    if (typeof condition === 'function') this.invariants.push(this.marks.lawOf(name, condition, options));
    else this.marks.note(name, checkBoolean('condition', condition), options);
  }

  /** The names given to `sometimes`, and whether the condition held. */
  get asked(): Iterable<readonly [string, boolean]> | null {
    return this.marks === null ? null : this.marks.entries();
  }

  /** The names given to `sometimes` whose condition held. */
  get reached(): ReadonlySet<string> {
    return new Set([...(this.asked ?? [])].filter(([, held]) => held).map(([name]) => name));
  }

  /** @internal Whether orders show that no host can tell: to a `sometimes` of several, to who counts them, or faults of others. */
  get showsOrders(): boolean {
    if (this.asksOfOthers || (this.askedFaults & (1 << ORDER.index)) !== 0) return true;
    return this.marks?.joins(this.network.separated) === true;
  }

  /** @internal Whether each event that may come can be chosen, as often as wanted. */
  get isOrderFree(): boolean {
    return !this.decisions.isLimited(ORDER) && this.network.schedule.pendingCount <= CANDIDATES_MAX;
  }

  /** Whether every program has said how to tell its state, so that equal states can be merged. */
  get canFingerprint(): boolean {
    return this.identities.length > 0 && haveFingerprints(this.hostList);
  }

  /**
   * Declares that what these hosts' programs begin never meets: their connections end at hosts whose services declare their
   * connections independent (`connectionsAreIndependent`), and nothing else joins them. With it, and if each law
   * reads one of these hosts or is about one connection, an exhaustive search takes them one after the other instead
   * of in every order. A declaration that is wrong makes the search skip what it must not.
   */
  separate(hosts: readonly Host[]): void {
    checkHosts('hosts', hosts);
    this.network.separated ??= new Set();
    for (const host of hosts) this.network.separated.add(host.name);
  }

  /**
   * Says how to tell the state of this scenario's programs: everything that their future, and what is checked of
   * them, depends on. With it a search merges equal states. A field left out makes the search skip what it must not.
   */
  identify(state: () => string): void {
    checkFunction('state', state);
    this.identities.push(state);
  }

  /** The whole state as text: two runs at equal texts go on alike. */
  fingerprint(): string {
    let text = fingerprintNetwork(this.network, this.hostList);
    // What may still deviate, and what laws ask of the past, decide the future too.
    const { faults } = this.network;
    text += `\n${this.decisions.limitsText()} ${KILLING.map(({ index }) => faults[index] > 0)}`;
    if (this.toldFaults !== 0) text += faults.filter((_, index) => (this.toldFaults >> index) & 1).join();
    for (const identity of this.identities) text += `\n${identity()}`;
    return this.mayChooseAnyOrder ? text : `${text}\n${this.orderText()}`;
  }

  /** How often each family's fault really happened. */
  get faults(): Readonly<Record<Family, number>> {
    this.askedFaults = -1;
    this.asksOfOthers ||= isOfSomeHosts(this.lawAsked);
    return Object.fromEntries(
      LABELS.map((label) => [label.name, this.network.faults[label.index]]),
    ) as Record<Family, number>;
  }

  /** How often a family's fault has happened in this run. */
  faultCount(family: Family): number {
    this.askedFaults |= familyMask([family]);
    this.asksOfOthers ||= isOfSomeHosts(this.lawAsked);
    return this.network.faults[FAMILIES.indexOf(family)];
  }

  /** Whether a fault has killed a connection or an attempt at one: a reset, a close, a refusal, a crash, an idle connection's break. */
  get hasKilled(): boolean {
    this.asksOfOthers ||= isOfSomeHosts(this.lawAsked);
    return KILLING.some(({ index }) => this.network.faults[index] > 0);
  }

  /** Whether a file, a disk or a pipe was used on any host. */
  get usesFiles(): boolean {
    return this.hostList.some((host) => host.files !== null);
  }

  /** Whether a program has left an endpoint open. */
  get hasOpenEndpoints(): boolean {
    return this.hostList.some((host) => !host.openEndpoints.isEmpty);
  }

  /** Takes one event; false if none is left. What an unhandled exception or a check threw is thrown. */
  step(): boolean {
    if (this.network.idleBreaks?.strike() === true) return true;
    const event = this.network.schedule.take(this.decisions, this.mayReorder);
    if (event === null) return false;
    this.steps += 1;
    if (this.network.schedule.overtaken !== null) this.network.countFault(ORDER);
    this.onTaken?.(event);
    event.fire();
    if (this.failure !== null) this.throwFailure();
    if (this.invariants.length > 0 && this.decisions.length > this.repeatedDecisions)
      this.expect(this.invariants);
    return true;
  }

  /** Takes events until none is left. Throws what went wrong. */
  run(options: RunOptions = {}): void {
    this.runToEnd(options);
  }

  /** @internal `run`, but false if `beforeStep` said so, and then without looking at the outcome. */
  runToEnd(options: RunOptions, beforeStep?: (sim: Simulation) => boolean): boolean {
    checkOptions('options', options);
    const untilMs = options.untilMs ?? Number.POSITIVE_INFINITY;
    if (untilMs !== Number.POSITIVE_INFINITY) checkDuration('untilMs', untilMs);
    const maxSteps = checkInteger('maxSteps', options.maxSteps ?? DEFAULT_MAX_STEPS, 1);
    const { schedule } = this.network;
    const limit = this.steps + maxSteps;
    do {
      if (untilMs !== Number.POSITIVE_INFINITY && schedule.nextAtMs >= untilMs) {
        schedule.nowMs = Math.max(schedule.nowMs, untilMs);
        this.expect(this.outcomes);
        return true;
      }
      if (this.steps >= limit) throw this.stepLimit(maxSteps);
      if (beforeStep !== undefined && !beforeStep(this)) return false;
    } while (this.step());
    if (options.allowOpen !== true) this.expectNobodyWaits();
    this.expect(this.outcomes);
    return true;
  }

  /** @internal The law that `error`, thrown by this run, has broken. */
  lawOf(error: unknown): string {
    return brokenBy(error, this.lawAsked);
  }

  /** Fails the run: `error` is thrown from the step under way. */
  fail(error: unknown): void {
    this.failure ??= { error };
  }

  /** Endpoints that no program has closed, as `host #connection`. */
  openEndpoints(): string[] {
    return this.hostList.flatMap((host) => [...host.openEndpoints].map(String));
  }

  /** Whether what is due first makes no difference, as each of the events that come may be chosen. */
  private get mayChooseAnyOrder(): boolean {
    return this.mayReorder && this.isOrderFree;
  }

  private orderText(): string {
    const { schedule } = this.network;
    return schedule
      .pending(schedule.pendingCount)
      .map((event) => event.name)
      .join();
  }

  private expect(laws: readonly Law[]): void {
    for (let index = 0; index < laws.length; index += 1) {
      this.lawAsked = laws[index];
      const { law, check } = this.lawAsked;
      const held = check();
      if (held === true || held === undefined) continue;
      if (held === false) throw new AssertionFailure(`${law}: does not hold at ${this.nowMs} ms`);
      expectAnswer(law, held);
    }
    this.lawAsked = null;
  }

  private throwFailure(): never {
    const { error } = this.failure!;
    this.failure = null;
    throw error;
  }

  private expectNobodyWaits(): void {
    const waiting: string[] = [];
    for (const host of this.hostList) {
      for (let channel = host.reactor.firstChannel; channel !== null; channel = channel.nextChannel) {
        if ((channel as { accepting?: boolean }).accepting !== true)
          waiting.push(`${host.name}: ${String(channel)}`);
      }
    }
    if (waiting.length === 0) return;
    throw new SimulationError(
      'ERR_DEADLOCK',
      `at ${this.nowMs} ms nothing is left to happen, and ${waiting.length} still wait: ${waiting.slice(0, 20).join('; ')}`,
    );
  }

  /** @internal What could happen next, in order, for messages. */
  describePending(): string {
    return this.network.schedule
      .pending(8)
      .map((event) => event.describe())
      .join('; ');
  }

  private stepLimit(maxSteps: number): SimulationError {
    return new SimulationError(
      'ERR_STEP_LIMIT',
      `the run has not ended after ${maxSteps} steps, at ${this.nowMs} ms; next would be: ${this.describePending()}`,
    );
  }
}
