// Runs a scenario under many schedules: regressions first, then exhaustively as far as asked, then by sampling.
import { checkOptions } from '../../core/arguments.ts';
import { ArgumentError } from '../../core/errors.ts';
import type { Strategy } from '../decisions/decisions.ts';
import { FAMILIES, type Family } from '../decisions/label.ts';
import { parseReplay } from '../decisions/replay-string.ts';
import { familiesOf, type Weather, weatherOf } from '../decisions/weather.ts';
import { counted } from '../report/numbers.ts';
import type { Report, ReportedFailure } from '../report/report.ts';
import { describeFailure } from '../report/report-failure.ts';
import { Tally } from '../report/tally.ts';
import { unmetFailure } from '../report/unmet.ts';
import { checkScenario, type Run, Runner, type RunScenarioOptions, type Scenario } from '../scenario.ts';
import { ReplayStrategy } from '../strategies/replay.ts';
import { Arena } from '../tcp/arena.ts';
import { withTripwires } from '../tripwires.ts';
import { BoundedSchedules, type Shard, WHOLE } from './bounded.ts';
import { type Estimate, type ProbeStrategy, probeLevels, probeTree, remainingOf } from './estimate.ts';
import { ExhaustiveStrategy } from './exhaustive.ts';
import { checkNumbers, type ExploreOptions, limitOf, type Method } from './explore-options.ts';
import { describeExtent } from './extent.ts';
import { swapPairs } from './independence.ts';
import { notDeterministic, Rechecks, repeat } from './repeat-run.ts';
import { type SamplerKind, Sampling } from './sampling.ts';
import { SleepStrategy } from './sleep.ts';

/** Runs in which a declaration is checked before orders are left out because of it. */
const CHECKED_RUNS = 12;

/** So many schedules by deviations come before the portfolio takes them and samples in turn. */
const ALONE = 500;

/** Explores a scenario. A failure is returned in the report, shrunk and run again; the first one ends the search. */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Report {
  checkScenario(scenario);
  checkOptions('options', options);
  checkNumbers(options);
  const exploration = new Exploration(scenario, options);
  return options.tripwires === false ? exploration.report() : withTripwires(() => exploration.report());
}

class Exploration {
  private readonly scenario: Scenario;
  private readonly options: ExploreOptions;
  private readonly families: readonly Family[];
  private readonly weather: Weather;
  private readonly arena: Arena;
  private readonly plainRunner: Runner;
  private readonly tally = new Tally();
  private readonly limit: number;
  private readonly startedMs: number;
  private readonly shard: Shard;
  private readonly seed: number;
  private readonly rechecks: Rechecks;
  /** How often somebody has asked whether the time is used up, from 0 to 7. */
  private looks = 0;
  /** Recorded schedules come on top of the limit. */
  private recorded = 0;
  /** How many schedules by deviations all parts of this search have taken so far: the next one belongs to part `ordinal % count`. */
  private ordinal = 0;
  private sampling: Sampling | null = null;
  /** Whether samples are taken in turn with schedules by deviations. */
  private isInTurn = false;
  private arities: readonly number[] = [];
  private failing: { readonly run: Run; readonly by: string } | null = null;
  private isComplete = false;
  private bound = '';
  /** Every schedule with so many deviations was run; null if not even the calm one. */
  private covered: number | null = null;
  /** What may deviate, as the end of a bound. */
  private readonly extent: string;
  private exhaustive: ExhaustiveStrategy | null = null;
  private estimate: Estimate | null = null;
  /** Of the declaration that connections are independent. */
  private wrongDeclaration: ReportedFailure | null = null;

  constructor(scenario: Scenario, options: ExploreOptions) {
    this.scenario = scenario;
    this.options = options;
    this.weather = weatherOf(options.weather ?? 'storm');
    const enabled = options.weather === undefined ? FAMILIES : familiesOf(this.weather);
    this.families = (scenario.families ?? FAMILIES).filter((family) => enabled.includes(family));
    this.limit = limitOf(options);
    this.extent = describeExtent(scenario, this.families);
    this.arena = options.arena ?? new Arena();
    this.shard = options.shard ?? WHOLE;
    this.rechecks = new Rechecks(options.checkDeterminism ?? 0.01);
    this.seed = options.seed ?? 1;
    this.startedMs = options.now?.() ?? 0;
    this.plainRunner = this.runner({});
  }

  report(): Report {
    this.search(this.options.method ?? 'portfolio');
    const report = this.describe();
    return report.failure === null ? { ...report, failure: unmetFailure(report, this.options) } : report;
  }

  private describe(): Report {
    const elapsedMs = this.elapsedMs();
    const { tally, exhaustive } = this;
    return {
      scenario: this.scenario.name,
      title: this.scenario.title ?? 'what it promises holds',
      ...tally.counts(),
      isComplete: this.isComplete && !this.hasFailedForGood,
      bound: `{${this.boundText()}}`,
      deviationsCovered: this.covered,
      states: exhaustive?.stateCount ?? 0,
      schedulesCovered: exhaustive?.schedulesCovered ?? tally.schedules,
      estimatedRemaining: this.isComplete ? 0 : remainingOf(this.estimate, this.shard),
      estimate: this.isComplete ? null : this.estimate,
      neverFired: tally.neverFired(this.families),
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

  private boundText(): string {
    const { bound, extent, sampling, isComplete } = this;
    if (sampling === null || sampling.rounds === 0 || isComplete) return bound;
    return bound === '' ? `${sampling.label}${extent}` : `${bound}; then ${sampling.label}`;
  }

  private search(method: Method): void {
    if (this.replayRegressions()) return;
    const { checkIndependence: runs = 0 } = this.options;
    if (runs > 0) this.checkDeclaration(runs);
    if (this.hasFailedForGood) return;
    if (method === 'exhaustive') this.searchExhaustively();
    else if (method === 'bounded') this.searchByDeviations(this.options.deviations ?? 2, 1);
    else if (method === 'portfolio') {
      this.isInTurn = this.options.deviations === undefined;
      if (this.isInTurn) this.prepareSampling(['pct', 'swarm', 'pos']);
      if (this.searchByDeviations(this.options.deviations ?? 8, this.isInTurn ? 0.5 : 1)) this.takeSamples();
    } else {
      this.prepareSampling([method]);
      this.takeSamples();
    }
  }

  private replayRegressions(): boolean {
    for (const text of this.options.regressions ?? []) {
      const { points, scenario } = parseReplay(text);
      if (scenario !== this.scenario.name)
        throw new ArgumentError(
          'ERR_INVALID_ARG_VALUE',
          `regressions: "${text}" is a schedule of scenario ${scenario}, not of ${this.scenario.name}`,
        );
      this.recorded += 1;
      this.count(this.run(new ReplayStrategy(points)), 'a recorded schedule');
      this.bound = 'recorded schedules';
      if (this.hasFailedForGood || this.isOverdue()) return true;
    }
    this.bound = '';
    return false;
  }

  /** Uses up to `share` of the schedules. Returns whether the search may go on. */
  private searchByDeviations(most: number, share: number): boolean {
    const ordinalMax = Math.max(1, Math.floor(this.limit * share));
    this.bound = `the calm run${this.extent}`;
    for (let deviations = 0; deviations <= most; deviations += 1) {
      const before = this.ordinal;
      const isDone = this.searchWith(deviations, ordinalMax);
      if (this.hasFailedForGood) return false;
      if (!isDone) {
        this.estimateLevels(deviations, this.isInTurn ? deviations : most, this.ordinal - before);
        return !this.isSpent();
      }
      this.covered = deviations;
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

  /** Runs every schedule with exactly so many deviations, up to the one numbered `ordinalMax`; false if some are left. */
  private searchWith(deviations: number, ordinalMax: number): boolean {
    const { shard } = this;
    const schedules = new BoundedSchedules(deviations, { shard, firstOrdinal: this.ordinal });
    const by = `the search with ${deviations === 0 ? 'no deviations' : counted(deviations, 'deviation')}`;
    for (; !schedules.isOver && schedules.nextOrdinal <= ordinalMax; schedules.advance(this.arities)) {
      const run = this.run(new ReplayStrategy(schedules.points));
      this.arities = run.decisions.arities;
      if (schedules.isVisit) {
        this.ordinal = schedules.nextOrdinal;
        this.count(run, by);
        this.takeTurns();
      }
      if (this.hasFailedForGood || this.isOverdue()) return false;
    }
    this.ordinal = Math.min(schedules.nextOrdinal, ordinalMax);
    this.takeTurns();
    return schedules.nextOrdinal <= ordinalMax;
  }

  private searchExhaustively(): void {
    if (this.options.prune === 'sleep' && this.searchAsleep()) return;
    const separates = (this.options.prune ?? 'separate') === 'separate';
    if (!this.searchEvery(separates)) this.searchEvery(false);
  }

  /**
   * False if orders were left out that a `sometimes` may show: it has turned out to look at several hosts. What was explored
   * until then counts again.
   */
  private searchEvery(separates: boolean): boolean {
    const strategy = new ExhaustiveStrategy(separates);
    this.exhaustive = strategy;
    this.bound = `every schedule${this.extent}`;
    const merges = this.options.merge ?? this.canMerge();
    let isRestricted = false;
    const fingerprints = merges || this.options.prune === 'separate';
    const runner = this.runner({
      onStart: (sim) => strategy.noteStart(sim),
      beforeStep: merges ? (sim) => strategy.isNew(sim) : undefined,
      fingerprints,
    });
    for (;;) {
      const run = runner.run(strategy);
      if (strategy.restrictedCount > 0 && !isRestricted) {
        isRestricted = true;
        if (this.options.checkIndependence === undefined) this.checkDeclaration(CHECKED_RUNS);
        if (this.hasFailedForGood) return true;
        this.bound = `every schedule but for orders that no connection can tell${this.extent}`;
      }
      if (!this.count(run, 'the exhaustive search')) {
        this.estimateEvery(strategy, separates, fingerprints);
        return true;
      }
      if (isRestricted && run.sim.hasJoiningMarks) return false;
      if (!strategy.advance(run.isPruned)) break;
      if (!this.isKept(run)) runner.recycle(run);
    }
    this.isComplete = true;
    return true;
  }

  /**
   * False if a fault plan was made by hand: footprints do not tell what that touches, so that nothing may be left out; or if a
   * `sometimes` may look at several hosts. What was explored until then counts again.
   */
  private searchAsleep(): boolean {
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
      if (!this.count(run, 'the exhaustive search')) return true;
    } while (strategy.advance());
    this.isComplete = true;
    return true;
  }

  private estimateEvery(strategy: ExhaustiveStrategy, separates: boolean, fingerprints: boolean): void {
    if (!this.mayProbe()) return;
    let now: ProbeStrategy | null = null;
    const runner = this.runner({ onStart: (sim) => now!.noteStart(sim), fingerprints });
    this.estimate = probeTree(
      (probe) => {
        now = probe;
        return this.probe(runner.run(probe)) !== null;
      },
      (choices) => strategy.hasPassed(choices),
      { seed: this.seed, separates },
    );
  }

  private estimateLevels(from: number, to: number, run: number): void {
    const levels = { from, to, run, seed: this.seed };
    if (this.mayProbe())
      this.estimate = probeLevels((points) => this.probe(this.run(new ReplayStrategy(points))), levels);
  }

  private mayProbe(): boolean {
    return !this.hasFailedForGood && this.options.isStopped?.() !== true;
  }

  /** A run that is not counted; null if the search is over. What fails in it has failed. */
  private probe(run: Run): Run | null {
    if (run.failure !== null) this.failing ??= { run, by: 'a probe of what is left' };
    return this.hasFailedForGood ? null : run;
  }

  private checkDeclaration(runs: number): void {
    const { seed, arena } = this;
    this.wrongDeclaration = swapPairs(this.scenario, { runs, seed, arena }).failure;
  }

  private canMerge(): boolean {
    const probe = this.run(new ReplayStrategy([]));
    return probe.sim.canFingerprint;
  }

  private prepareSampling(kinds: readonly SamplerKind[]): void {
    const { seed, weather, shard } = this;
    this.sampling = new Sampling({ kinds, seed, weather, shard, depth: this.options.depth });
  }

  /** In the portfolio: as many samples as there were schedules by deviations, but for the first. */
  private takeTurns(): void {
    if (this.isInTurn) this.takeSamples(this.ordinal - Math.min(ALONE, this.limit / 4));
  }

  /** Samples until there were so many rounds, those of other parts included, or the search is over. */
  private takeSamples(rounds = Number.POSITIVE_INFINITY): void {
    const sampling = this.sampling!;
    while (sampling.rounds < rounds && !this.isSpent()) {
      const run = sampling.take((strategy) => this.run(strategy));
      if (run !== null) this.count(run, sampling.latest);
    }
  }

  private runner(options: RunScenarioOptions): Runner {
    const { arena, families } = this;
    return new Runner(this.scenario, { ...options, arena, families });
  }

  private run(strategy: Strategy): Run {
    return this.plainRunner.run(strategy);
  }

  /** Whether somebody may still look at a run that was counted. */
  private isKept({ decisions }: Run): boolean {
    return this.options.onRun !== undefined || this.failing?.run.decisions === decisions;
  }

  /** Counts a run; false if the search is over. */
  private count(run: Run, by: string): boolean {
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
  private recheck(run: Run): void {
    if (!this.rechecks.isDue()) return;
    const difference = repeat(this.scenario, run, { families: this.families, arena: this.arena });
    if (difference !== null)
      this.failing ??= { run: notDeterministic(run, difference), by: 'running it again' };
  }

  private isSpent(): boolean {
    return (
      this.hasFailedForGood ||
      Math.max(this.ordinal + (this.sampling?.rounds ?? 0), this.tally.schedules - this.recorded) >=
        this.limit ||
      this.isOverdue()
    );
  }

  /** Whether the time is used up, or somebody has asked to stop. Looks at the clock now and then only. */
  private isOverdue(): boolean {
    this.looks = (this.looks + 1) % 8;
    if (this.looks !== 0) return false;
    const { budgetMs, isStopped } = this.options;
    return isStopped?.() === true || (budgetMs !== undefined && this.elapsedMs() >= budgetMs);
  }

  private get hasFailedForGood(): boolean {
    return (this.failing !== null || this.wrongDeclaration !== null) && this.options.keepGoing !== true;
  }

  private elapsedMs(): number {
    return this.options.now === undefined ? 0 : this.options.now() - this.startedMs;
  }
}
