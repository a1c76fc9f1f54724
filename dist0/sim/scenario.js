// What is explored: hosts, programs and what must hold. And one run of it, under one strategy.
import { checkInteger, checkList, checkOptions, show } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';
import { Decisions } from './decisions/decisions.js';
import { FAMILIES, LABELS } from './decisions/label.js';
import { DivergedError, SimulationError } from './errors.js';
import { Simulation } from './simulation.js';
import { arm, disarm, takeTripped } from './tripwires.js';
/** Throws ArgumentError unless `scenario` can be run. */
export function checkScenario(scenario) {
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
    if (!FAMILIES.includes(family)) {
      throw new ArgumentError(
        'ERR_INVALID_ARG_VALUE',
        `scenario ${scenario.name}: "${family}" is no fault family; there are ${FAMILIES.join(', ')}`,
      );
    }
  }
}
/** Deviations each family may have in one run, by label index; -1 is no limit. */
export function limitsOf(scenario) {
  if (scenario.limits === undefined) return null;
  const limits = new Int32Array(LABELS.length).fill(-1);
  for (const label of LABELS) limits[label.index] = scenario.limits[label.name] ?? -1;
  return limits;
}
/** Runs a scenario once. Failures are returned, not thrown; only what is wrong with foulweather itself is thrown. */
export function runScenario(scenario, strategy, options = {}) {
  return new Runner(scenario, options).run(strategy);
}
/** Runs a scenario again and again, in one way: what is the same for all runs is worked out once. */
export class Runner {
  constructor(scenario, options = {}) {
    const { latencyMs, orderWindowMs, windowBytes, buffers } = scenario.network ?? {};
    const { arena, trace, fingerprints } = options;
    const families = [...(options.families ?? scenario.families ?? FAMILIES)];
    this.scenario = scenario;
    this.limits = limitsOf(scenario);
    this.simulated = {
      latencyMs,
      orderWindowMs,
      windowBytes,
      buffers,
      families,
      arena,
      trace,
      fingerprints,
    };
    this.runOptions = scenario.run ?? {};
    this.onTaken = options.onTaken ?? null;
    this.beforeStep = options.beforeStep;
  }
  run(strategy) {
    const decisions = new Decisions(strategy, this.limits);
    const sim = new Simulation(this.simulated, decisions);
    sim.onTaken = this.onTaken;
    let failure = null;
    let isPruned = false;
    const wasArmed = arm();
    try {
      isPruned = !this.runProgram(sim);
      const outside = takeTripped();
      if (outside !== null) throw outside;
    } catch (error) {
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
  /** False if the run was pruned. */
  runProgram(sim) {
    const { scenario } = this;
    const made = scenario.setup(sim);
    if (made instanceof Promise)
      throw new SimulationError(
        'ERR_SETUP',
        `scenario ${scenario.name}: setup must not be async; programs run when the simulation runs`,
      );
    return sim.runToEnd(this.runOptions, this.beforeStep);
  }
}
