// Runs a scenario under many schedules: regressions first, then exhaustively as far as asked, then by sampling.
import { checkDuration, checkInteger, checkOptions, checkSeed } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { FAMILIES } from '../decisions/label.js';
import { parseReplay } from '../decisions/replay-string.js';
import { familiesOf, weatherOf } from '../decisions/weather.js';
import { describeFailure } from '../report/report-failure.js';
import { Tally } from '../report/tally.js';
import { unmetFailure } from '../report/unmet.js';
import { checkScenario, Runner } from '../scenario.js';
import { ReplayStrategy } from '../strategies/replay.js';
import { Arena } from '../tcp/arena.js';
import { withTripwires } from '../tripwires.js';
import { BoundedSchedules, WHOLE } from './bounded.js';
import { probeLevels, probeTree, remainingOf } from './estimate.js';
import { ExhaustiveStrategy } from './exhaustive.js';
import { describeExtent } from './extent.js';
import { swapPairs } from './independence.js';
import { notDeterministic, rateOf, repeat } from './repeat-run.js';
import { Sampling } from './sampling.js';
import { SleepStrategy } from './sleep.js';

const DEFAULT_SCHEDULES = 20_000;
/** Runs in which a declaration is checked before orders are left out because of it. */
const CHECKED_RUNS = 12;
/** So many schedules by deviations come before the portfolio takes them and samples in turn. */
const ALONE = 500;
/** Explores a scenario. A failure is returned in the report, shrunk and run again; the first one ends the search. */
export function explore(scenario, options = {}) {
  checkScenario(scenario);
  checkOptions('options', options);
  if (options.seed !== undefined) checkSeed(options.seed);
  if (options.budgetMs !== undefined) checkDuration('budgetMs', options.budgetMs);
  const exploration = new Exploration(scenario, options);
  return options.tripwires === false ? exploration.report() : withTripwires(() => exploration.report());
}
class Exploration {
  constructor(scenario, options) {
    this.tally = new Tally();
    this.recheckDue = 0;
    /** How many schedules by deviations all parts of this search have taken so far: the next one belongs to part `ordinal % count`. */
    this.ordinal = 0;
    this.sampling = null;
    /** Whether samples are taken in turn with schedules by deviations. */
    this.isInTurn = false;
    this.arities = [];
    this.failing = null;
    this.isComplete = false;
    this.bound = '';
    this.exhaustive = null;
    this.estimate = null;
    /** Of the declaration that connections are independent. */
    this.wrongDeclaration = null;
    this.scenario = scenario;
    this.options = options;
    const method = options.method ?? 'portfolio';
    if (options.schedules !== undefined) checkInteger('schedules', options.schedules, 1);
    if (options.deviations !== undefined) checkInteger('deviations', options.deviations, 0);
    this.weather = weatherOf(options.weather ?? 'storm');
    const enabled = options.weather === undefined ? FAMILIES : familiesOf(this.weather);
    this.families = (scenario.families ?? FAMILIES).filter((family) => enabled.includes(family));
    this.limit =
      options.schedules ??
      (method === 'exhaustive' || method === 'bounded' || options.budgetMs !== undefined
        ? Number.POSITIVE_INFINITY
        : DEFAULT_SCHEDULES);
    this.extent = describeExtent(scenario, this.families);
    this.arena = options.arena ?? new Arena();
    this.shard = options.shard ?? WHOLE;
    this.recheckRate = rateOf(options.checkDeterminism ?? 0.01);
    this.seed = options.seed ?? 1;
    this.startedMs = options.now?.() ?? 0;
    this.plainRunner = this.runner({});
  }
  report() {
    this.search(this.options.method ?? 'portfolio');
    const report = this.describe();
    return report.failure === null ? { ...report, failure: unmetFailure(report, this.options) } : report;
  }
  describe() {
    const elapsedMs = this.elapsedMs();
    const { tally, exhaustive } = this;
    return {
      scenario: this.scenario.name,
      title: this.scenario.title ?? 'what it promises holds',
      schedules: tally.schedules,
      isComplete: this.isComplete && !this.hasFailedForGood,
      bound: `{${this.bound}}`,
      states: exhaustive?.stateCount ?? 0,
      schedulesCovered: exhaustive?.schedulesCovered ?? tally.schedules,
      prunedRuns: tally.pruned,
      estimatedRemaining: this.isComplete ? 0 : remainingOf(this.estimate, this.shard),
      estimate: this.isComplete ? null : this.estimate,
      faults: tally.faultsByFamily(),
      neverFired: tally.neverFired(this.families),
      sometimes: Object.fromEntries(tally.reached),
      decisionsPerRun: tally.decisionsPerRun(),
      durationMs: elapsedMs,
      schedulesPerSecond: elapsedMs > 0 ? (tally.schedules * 1000) / elapsedMs : 0,
      pctMissed: this.sampling?.missed ?? {},
      failure:
        this.failing === null
          ? this.wrongDeclaration
          : describeFailure(this.scenario, this.failing.run, {
              foundBy: this.failing.by,
              foundAfter: tally.schedules,
              families: this.families,
              arena: this.arena,
            }),
    };
  }
  search(method) {
    if (this.replayRegressions()) return;
    const { checkIndependence: runs = 0 } = this.options;
    if (checkInteger('checkIndependence', runs, 0) > 0) this.checkDeclaration(runs);
    if (this.hasFailedForGood) return;
    if (method === 'exhaustive') this.searchExhaustively();
    else if (method === 'bounded') this.searchByDeviations(this.options.deviations ?? 2, 1);
    else if (method === 'portfolio') {
      this.isInTurn = this.options.deviations === undefined;
      if (this.isInTurn) this.prepareSampling(['pct', 'swarm', 'pos']);
      if (this.searchByDeviations(this.options.deviations ?? 8, this.isInTurn ? 0.5 : 1)) this.sample();
    } else {
      this.prepareSampling([method]);
      this.sample();
    }
  }
  replayRegressions() {
    for (const text of this.options.regressions ?? []) {
      const { points, scenario } = parseReplay(text);
      if (scenario !== this.scenario.name)
        throw new ArgumentError(
          'ERR_INVALID_ARG_VALUE',
          `regressions: "${text}" is a schedule of scenario ${scenario}, not of ${this.scenario.name}`,
        );
      if (!this.count(this.run(new ReplayStrategy(points)), 'a recorded regression')) return true;
    }
    return false;
  }
  /** Uses up to `share` of the schedules. Returns whether the search may go on. */
  searchByDeviations(most, share) {
    for (let deviations = 0; deviations <= most; deviations += 1) {
      const before = this.ordinal;
      const isDone = this.searchWith(deviations, share);
      if (this.hasFailedForGood) return false;
      if (!isDone) {
        this.bound = `deviations ≤ ${deviations - 1}${this.extent}`;
        this.estimateLevels(deviations, this.isInTurn ? deviations : most, this.ordinal - before);
        return !this.isSpent();
      }
      this.bound = `deviations ≤ ${deviations}${this.extent}`;
      this.isComplete = this.options.deviations !== undefined && deviations === most;
      // No schedule has this many deviations: there are none with more.
      if (this.ordinal === before) {
        this.isComplete = true;
        this.bound = `every schedule${this.extent}`;
        return false;
      }
    }
    return !this.isSpent() && this.options.deviations === undefined;
  }
  /** Runs every schedule with exactly so many deviations; false if it came to no end. */
  searchWith(deviations, share) {
    const { shard, ordinal, limit } = this;
    const schedules = new BoundedSchedules(deviations, { shard, firstOrdinal: ordinal });
    for (; !schedules.isOver; schedules.advance(this.arities)) {
      if (schedules.isVisit && schedules.nextOrdinal > limit * share) {
        this.ordinal = Math.floor(limit * share);
        return false;
      }
      const run = this.run(new ReplayStrategy(schedules.points));
      this.arities = run.decisions.arities;
      if (!schedules.isVisit) continue;
      this.ordinal = schedules.nextOrdinal;
      if (!this.count(run, `deviations ${deviations}`)) return false;
      this.takeTurns();
      if (this.isSpent()) return false;
    }
    this.ordinal = schedules.nextOrdinal;
    this.takeTurns();
    return true;
  }
  searchExhaustively() {
    if (this.options.prune === 'sleep' && this.searchAsleep()) return;
    const separates = (this.options.prune ?? 'separate') === 'separate';
    if (!this.searchEvery(separates)) this.searchEvery(false);
  }
  /**
   * False if orders were left out that a `sometimes` may show: it has turned out to look at several hosts. What was explored
   * until then counts again.
   */
  searchEvery(separates) {
    const strategy = new ExhaustiveStrategy(separates);
    this.exhaustive = strategy;
    this.bound = `every schedule${this.extent}`;
    const merges = this.options.merge ?? this.canMerge();
    let isRestricted = false;
    const fingerprints = merges || this.options.prune === 'separate';
    const beforeStep = merges ? (sim) => strategy.isNew(sim) : undefined;
    const runner = this.runner({ beforeStep, fingerprints });
    for (;;) {
      const run = runner.run(strategy);
      if (strategy.restrictedCount > 0 && !isRestricted) {
        isRestricted = true;
        if (this.options.checkIndependence === undefined) this.checkDeclaration(CHECKED_RUNS);
        if (this.hasFailedForGood) return true;
        this.bound = `every schedule but for orders that no connection can tell${this.extent}`;
      }
      if (!this.count(run, 'exhaustive search')) {
        this.estimateEvery(strategy, separates, fingerprints);
        return true;
      }
      if (isRestricted && run.sim.hasJoiningMarks) return false;
      if (!strategy.advance(run.isPruned)) break;
    }
    this.isComplete = true;
    return true;
  }
  /**
   * False if a fault plan was made by hand: footprints do not tell what that touches, so that nothing may be left out; or if a
   * `sometimes` may look at several hosts. What was explored until then counts again.
   */
  searchAsleep() {
    const strategy = new SleepStrategy();
    if (this.options.checkIndependence === undefined) this.checkDeclaration(CHECKED_RUNS);
    if (this.hasFailedForGood) return true;
    this.bound = `every schedule but for swaps of independent events${this.extent}`;
    const runner = this.runner({
      fingerprints: true,
      beforeStep: (sim) => strategy.goesOn(sim),
      onTaken: (event) => strategy.onTaken(event),
    });
    do {
      const run = runner.run(strategy);
      if (run.sim.network.isPlanned || run.sim.hasJoiningMarks) return false;
      if (!this.count(run, 'exhaustive search')) return true;
    } while (strategy.advance());
    this.isComplete = true;
    return true;
  }
  estimateEvery(strategy, separates, fingerprints) {
    if (!this.mayProbe()) return;
    let now = null;
    const runner = this.runner({ beforeStep: (sim) => now.noteStep(sim), fingerprints });
    this.estimate = probeTree(
      (probe) => {
        now = probe;
        return this.probe(runner.run(probe)) !== null;
      },
      (choices) => strategy.hasPassed(choices),
      { seed: this.seed, separates },
    );
  }
  estimateLevels(from, to, run) {
    const levels = { from, to, run, seed: this.seed };
    if (this.mayProbe())
      this.estimate = probeLevels((points) => this.probe(this.run(new ReplayStrategy(points))), levels);
  }
  mayProbe() {
    return !this.hasFailedForGood && this.options.isStopped?.() !== true;
  }
  /** A run that is not counted; null if the search is over. What fails in it has failed. */
  probe(run) {
    if (run.failure !== null) this.failing ??= { run, by: 'a probe of what is left' };
    return this.hasFailedForGood ? null : run;
  }
  checkDeclaration(runs) {
    const { seed, arena } = this;
    this.wrongDeclaration = swapPairs(this.scenario, { runs, seed, arena }).failure;
  }
  canMerge() {
    const probe = this.run(new ReplayStrategy([]));
    return probe.sim.canFingerprint;
  }
  prepareSampling(kinds) {
    const { seed, weather, shard } = this;
    this.sampling = new Sampling({ kinds, seed, weather, shard, depth: this.options.depth });
  }
  /** Samples until the search is over. */
  sample() {
    const { label } = this.sampling;
    this.bound = this.bound === '' ? `${label}${this.extent}` : `${this.bound}; then ${label}`;
    this.takeSamples(Number.POSITIVE_INFINITY);
  }
  /** In the portfolio: as many samples as there were schedules by deviations, but for the first. */
  takeTurns() {
    if (this.isInTurn) this.takeSamples(this.ordinal - Math.min(ALONE, this.limit / 4));
  }
  /** Samples until there were so many rounds, those of other parts included, or the search is over. */
  takeSamples(rounds) {
    const sampling = this.sampling;
    while (sampling.rounds < rounds && !this.isSpent()) {
      const run = sampling.take((strategy) => this.run(strategy));
      if (run !== null) this.count(run, sampling.label);
    }
  }
  runner(options) {
    const { arena, families } = this;
    return new Runner(this.scenario, { ...options, arena, families });
  }
  run(strategy) {
    return this.plainRunner.run(strategy);
  }
  /** Counts a run; false if the search is over. */
  count(run, by) {
    this.tally.add(run);
    this.options.onRun?.(run);
    if (run.failure === null && !run.isPruned) this.recheck(run);
    if (run.failure !== null) this.failing ??= { run, by };
    if (this.hasFailedForGood) return false;
    if (this.tally.schedules % 1000 === 0)
      this.options.onProgress?.({ schedules: this.tally.schedules, elapsedMs: this.elapsedMs() });
    return !this.isSpent();
  }
  /** Some of the runs that held are run again. */
  recheck(run) {
    this.recheckDue += this.recheckRate;
    if (this.recheckDue < 1) return;
    this.recheckDue -= 1;
    const difference = repeat(this.scenario, run, { families: this.families, arena: this.arena });
    if (difference !== null)
      this.failing ??= { run: notDeterministic(run, difference), by: 'running it again' };
  }
  isSpent() {
    return (
      this.hasFailedForGood ||
      Math.max(this.ordinal + (this.sampling?.rounds ?? 0), this.tally.schedules) >= this.limit ||
      this.isOverdue()
    );
  }
  /** Whether the time is used up, or somebody has asked to stop. Looks at the clock now and then only. */
  isOverdue() {
    if (this.tally.schedules % 8 !== 0) return false;
    const { budgetMs, isStopped } = this.options;
    return isStopped?.() === true || (budgetMs !== undefined && this.elapsedMs() >= budgetMs);
  }
  get hasFailedForGood() {
    return (this.failing !== null || this.wrongDeclaration !== null) && this.options.keepGoing !== true;
  }
  elapsedMs() {
    return this.options.now === undefined ? 0 : this.options.now() - this.startedMs;
  }
}
