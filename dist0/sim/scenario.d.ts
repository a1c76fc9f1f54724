import { Decisions, type Strategy } from './decisions/decisions.ts';
import { type Family } from './decisions/label.ts';
import { Simulation } from './simulation.ts';
import type { RunOptions, SimulationOptions } from './simulation-options.ts';
import type { Arena } from './tcp/arena.ts';
import type { Event } from './time/schedule-queue.ts';
import type { Trace } from './trace.ts';
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
  /** Called before each step; false ends the run there. */
  readonly beforeStep?: (sim: Simulation) => boolean;
}
/** Throws ArgumentError unless `scenario` can be run. */
export declare function checkScenario(scenario: Scenario): void;
/** Deviations each family may have in one run, by label index; -1 is no limit. */
export declare function limitsOf(scenario: Scenario): Int32Array | null;
/** Runs a scenario once. Failures are returned, not thrown; only what is wrong with foulweather itself is thrown. */
export declare function runScenario(
  scenario: Scenario,
  strategy: Strategy,
  options?: RunScenarioOptions,
): Run;
/** Runs a scenario again and again, in one way: what is the same for all runs is worked out once. */
export declare class Runner {
  private readonly scenario;
  private readonly limits;
  private readonly simulated;
  private readonly runOptions;
  private readonly onTaken;
  private readonly beforeStep;
  constructor(scenario: Scenario, options?: RunScenarioOptions);
  run(strategy: Strategy): Run;
  /** False if the run was pruned. */
  private runProgram;
}
