import { Decisions } from './decisions/decisions.ts';
import { type Family } from './decisions/label.ts';
import { Host } from './host.ts';
import { type Law, type LawOptions } from './law.ts';
import type { Link } from './link/link.ts';
import { Network } from './network.ts';
import { type HostOptions, type RunOptions, type SimulationOptions } from './simulation-options.ts';
import type { Connection } from './tcp/connection.ts';
import { type Event } from './time/schedule-queue.ts';
import { Trace } from './trace.ts';
export declare class Simulation {
  readonly network: Network;
  readonly decisions: Decisions;
  readonly trace: Trace | null;
  /** Events taken so far. */
  steps: number;
  private readonly hostList;
  private marks;
  private programLabels;
  private readonly mayReorder;
  private readonly buffers;
  private readonly log;
  /** @internal Told of each event taken, before it happens. */
  onTaken: ((event: Event) => void) | null;
  /** @internal Up to so many decisions this run repeats one that was found right: invariants are not asked again. */
  repeatedDecisions: number;
  /** @internal */ readonly invariants: Law[];
  private readonly outcomes;
  private readonly identities;
  private brokenLaw;
  private failure;
  /** @internal `decisions` are made elsewhere, then instead of by `options.strategy`. */
  constructor(options?: SimulationOptions, decisions?: Decisions);
  /** Virtual time in milliseconds since the beginning of the run. */
  get nowMs(): number;
  /** The hosts, in the order in which they were made. */
  get hosts(): readonly Host[];
  /** A host by name: made when first asked for. */
  host(name: string, options?: HostOptions): Host;
  /** The link from one host to another, each by name; both must exist. */
  link(from: string, to: string): Link;
  /** Calls `action` at a time of the run, in virtual milliseconds: a fault plan by time. */
  at(atMs: number, action: () => void): void;
  /** The connections that a program still holds an end of, in the order of their connect calls. */
  get connections(): Connection[];
  /** A choice of the program's or scenario's own, explored like the network's: from 0 (the calm one) to `arity` (excluded). */
  decide(label: string, arity: number): number;
  /** What must hold after every step (safety): `check` throws, or returns false, when it does not. */
  always(law: string, check: () => unknown, options?: LawOptions): void;
  /** What must hold at the end, once nothing is left to happen (liveness): `check` throws, or returns false, when it does not. */
  eventually(law: string, check: () => unknown): void;
  /**
   * Records whether an interesting state is reached, so that a search can say which never were. A condition that is a function
   * is asked after every step from now on. `options.reads` says which hosts it looks at, as for `always`: unless that is
   * one, a search leaves no orders among connections out.
   */
  sometimes(name: string, condition?: boolean | (() => unknown), options?: LawOptions): void;
  /** The names given to `sometimes`, and whether the condition held. */
  get asked(): Iterable<readonly [string, boolean]> | null;
  /** The names given to `sometimes` whose condition held. */
  get reached(): ReadonlySet<string>;
  /** @internal Whether a `sometimes` may look at several hosts at once. */
  get hasJoiningMarks(): boolean;
  /** @internal Whether each event that may come can be chosen, as often as wanted. */
  get isOrderFree(): boolean;
  /** Whether every program has said how to tell its state, so that equal states can be merged. */
  get canFingerprint(): boolean;
  /**
   * Declares that what these hosts' programs begin never meets: their connections end at hosts whose services declare their
   * connections independent (`connectionsAreIndependent`), and nothing else joins them. With it, and if each law
   * reads one of these hosts or is about one connection, an exhaustive search takes them one after the other instead
   * of in every order. A declaration that is wrong makes the search skip what it must not.
   */
  separate(hosts: readonly Host[]): void;
  /**
   * Says how to tell the state of this scenario's programs: everything that their future, and what is checked of
   * them, depends on. With it a search merges equal states. A field left out makes the search skip what it must not.
   */
  identify(state: () => string): void;
  /** The whole state as text: two runs at equal texts go on alike. */
  fingerprint(): string;
  /** How often each family's fault really happened. */
  get faults(): Readonly<Record<Family, number>>;
  /** How often a family's fault has happened in this run. */
  faultCount(family: Family): number;
  /** Whether a fault has killed a connection or an attempt at one: a reset, a close, a refusal, a crash, an idle connection's break. */
  get hasKilled(): boolean;
  /** Whether a file, a disk or a pipe was used on any host. */
  get usesFiles(): boolean;
  /** Whether a program has left an endpoint open. */
  get hasOpenEndpoints(): boolean;
  /** Takes one event; false if none is left. What an unhandled exception or a check threw is thrown. */
  step(): boolean;
  /** Takes events until none is left. Throws what went wrong. */
  run(options?: RunOptions): void;
  /** @internal `run`, but false if `beforeStep` said so, and then without looking at the outcome. */
  runToEnd(options: RunOptions, beforeStep?: (sim: Simulation) => boolean): boolean;
  /** @internal The law that `error`, thrown by this run, has broken. */
  lawOf(error: unknown): string;
  /** Fails the run: `error` is thrown from the step under way. */
  fail(error: unknown): void;
  /** Endpoints that no program has closed, as `host #connection`. */
  openEndpoints(): string[];
  /** Whether what is due first makes no difference, as each of the events that come may be chosen. */
  private get mayChooseAnyOrder();
  private orderText;
  private expect;
  private throwFailure;
  private expectNobodyWaits;
  /** @internal What could happen next, in order, for messages. */
  describePending(): string;
  private stepLimit;
}
