// What is explored: hosts, programs and what must hold. And one run of it, under one strategy.
import { checkInteger, checkList, checkOptions, show } from '../core/arguments.ts';
import { ArgumentError } from '../core/errors.ts';
import { askable } from '../core/thrown.ts';
import { Decisions, type Strategy } from './decisions/decisions.ts';
import { FAMILIES, type Family, LABELS } from './decisions/label.ts';
import { DivergedError, SimulationError } from './errors.ts';
import { Simulation } from './simulation.ts';
import { type RunOptions, type SimulationOptions, SimulationSettings } from './simulation-options.ts';
import type { Arena } from './tcp/arena.ts';
import type { Event } from './time/schedule-queue.ts';
import type { Trace } from './trace.ts';
import { arm, disarm, takeTripped } from './tripwires.ts';

/** Hosts, programs and what must hold, made anew for every run. */
export interface Scenario {
  /** Lower-case letters, digits and dashes: it stands in replay strings and file names. */
  readonly name: string;
  /** What it shows, as a sentence. */
  readonly title?: string;
  /** The families that may deviate. Default: all. */
  readonly families?: readonly Family[];
  /** How many deviations of a family one run may have. Default: no limit. */
  readonly limits?: Partial<Record<Family, number>>;
  /** Latency, window and order window of the network. */
  readonly network?: Pick<SimulationOptions, 'latencyMs' | 'orderWindowMs' | 'windowBytes' | 'buffers'>;
  readonly run?: RunOptions;
  /** Makes hosts and programs, and says what must hold: `sim.always`, `sim.eventually`, `sim.sometimes`. Must not wait. */
  setup(sim: Simulation): void;
}

/** How a law was broken. */
export interface Failure {
  /** The law's name; two failures of one law are the same failure to a shrinker. */
  readonly law: string;
  readonly error: unknown;
}

/** What one run was. */
export interface Run {
  readonly failure: Failure | null;
  readonly decisions: Decisions;
  readonly steps: number;
  readonly faults: readonly number[];
  /** Whether a search cut the run short, because the rest is explored elsewhere. */
  readonly isPruned: boolean;
  readonly trace: Trace | null;
  readonly sim: Simulation;
}

export interface RunScenarioOptions {
  readonly arena?: Arena;
  readonly trace?: boolean;
  /** The families that may deviate, within the scenario's own. Default: the scenario's. */
  readonly families?: readonly Family[];
  /** Whether `sim.fingerprint()` will be asked. Default false. */
  readonly fingerprints?: boolean;
  /** Told of each event taken, before it happens. */
  readonly onTaken?: (event: Event) => void;
  /** Called with each new simulation, before its scenario is set up. */
  readonly onStart?: (sim: Simulation) => void;
  /** Called before each step; false ends the run there. */
  readonly beforeStep?: (sim: Simulation) => boolean;
}

/** Throws ArgumentError unless `scenario` can be run. */
export function checkScenario(scenario: Scenario): void {
  if (typeof scenario !== 'object' || scenario === null || typeof scenario.setup !== 'function') {
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      'a scenario must be an object with a name and a setup(sim) function',
    );
  }
  if (typeof scenario.name !== 'string' || !/^[a-z0-9][a-z0-9-]*$/.test(scenario.name)) {
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `a scenario's name must be lower-case letters, digits and dashes, got ${show(scenario.name)}`,
    );
  }
  const { families = [], limits = {}, network = {}, run = {} } = scenario;
  checkList('families', families);
  checkOptions('limits', limits);
  checkOptions('network', network);
  checkOptions('run', run);
  for (const [family, limit] of Object.entries(limits))
    if (limit !== undefined) checkInteger(`limits.${family}`, limit, 0);
  for (const family of [...families, ...Object.keys(limits)]) {
    if (!FAMILIES.includes(family as Family)) {
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `scenario ${scenario.name}: "${family}" is no fault family; there are ${FAMILIES.join(', ')}`,
      );
    }
  }
}

/** Deviations each family may have in one run, by label index; -1 is no limit. */
export function limitsOf(scenario: Scenario): Int32Array | null {
  if (scenario.limits === undefined) return null;
  const limits = new Int32Array(LABELS.length).fill(-1);
  for (const label of LABELS) limits[label.index] = scenario.limits[label.name as Family] ?? -1;
  return limits;
}

/** Runs a scenario once. Failures are returned, not thrown; only what is wrong with foulweather itself is thrown. */
export function runScenario(scenario: Scenario, strategy: Strategy, options: RunScenarioOptions = {}): Run {
  checkScenario(scenario);
  checkOptions('options', options);
  return new Runner(scenario, options).run(strategy);
}

/** Runs a scenario again and again, in one way: what is the same for all runs is worked out once. */
export class Runner {
  private readonly scenario: Scenario;
  private readonly limits: Int32Array | null;
  private readonly settings: SimulationSettings;
  private readonly runOptions: RunOptions;
  private readonly onTaken: ((event: Event) => void) | null;
  private readonly onStart: ((sim: Simulation) => void) | undefined;
  private readonly beforeStep: ((sim: Simulation) => boolean) | undefined;
  /** Of a run that nobody looks at any more. */
  private spare: Decisions | null = null;

  constructor(scenario: Scenario, options: RunScenarioOptions = {}) {
    const { latencyMs, orderWindowMs, windowBytes, buffers } = scenario.network ?? {};
    const { arena, trace, fingerprints } = options;
    const families = [...(options.families ?? scenario.families ?? FAMILIES)];
    this.scenario = scenario;
    this.limits = limitsOf(scenario);
    this.settings = new SimulationSettings({
      latencyMs,
      orderWindowMs,
      windowBytes,
      buffers,
      families,
      arena,
      trace,
      fingerprints,
    });
    this.runOptions = scenario.run ?? {};
    this.onTaken = options.onTaken ?? null;
    this.onStart = options.onStart;
    this.beforeStep = options.beforeStep;
  }

  /** Takes back a run that nobody will look at any more: its decisions serve the next one. */
  recycle(run: Run): void {
    this.spare = run.decisions;
  }

  run(strategy: Strategy): Run {
    const decisions = this.decisionsBy(strategy);
    const sim = new Simulation(this.settings, decisions);
    sim.onTaken = this.onTaken;
    this.onStart?.(sim);
    let failure: Failure | null = null;
    let isPruned = false;
    const wasArmed = arm();
    try {
      isPruned = !this.runProgram(sim);
      const outside = takeTripped();
      if (outside !== null) throw outside;
    } catch (thrown) {
      const error = askable(thrown);
      if (error instanceof DivergedError) throw error;
      const cause = takeTripped() ?? error;
      failure = { law: sim.lawOf(cause), error: cause };
    } finally {
      disarm(wasArmed);
    }
    return {
      failure,
      decisions,
      steps: sim.steps,
      faults: sim.network.faults,
      isPruned,
      trace: sim.trace,
      sim,
    };
  }

  private decisionsBy(strategy: Strategy): Decisions {
    const { spare, limits } = this;
    if (spare === null) return new Decisions(strategy, limits);
    this.spare = null;
    spare.restart(strategy, limits);
    return spare;
  }

  /** False if the run was pruned. */
  private runProgram(sim: Simulation): boolean {
    const { scenario } = this;
    const made: unknown = scenario.setup(sim);
    if (made !== undefined && typeof Object(made).then === 'function')
      throw new SimulationError(
        'ERR_SETUP',
        `scenario ${scenario.name}: setup must not be async; programs run when the simulation runs`,
      );
    return sim.runToEnd(this.runOptions, this.beforeStep);
  }
}
