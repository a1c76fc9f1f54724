import type { Strategy } from '../decisions/decisions.ts';
import { FAMILIES, type Family } from '../decisions/label.ts';
import { isRunOf, type Recording } from '../decisions/replay-string.ts';
import { familiesOf, type Weather, weatherOf } from '../decisions/weather.ts';
import type { ReportedFailure } from '../report/report.ts';
import { Tally } from '../report/tally.ts';
import { type Run, Runner, type RunScenarioOptions, type Scenario } from '../scenario.ts';
import { ReplayStrategy } from '../strategies/replay.ts';
import { Arena } from '../tcp/arena.ts';
import { type Shard, WHOLE } from './bounded.ts';
import type { Estimate } from './estimate.ts';
import type { ExhaustiveStrategy } from './exhaustive.ts';
import { type ExploreOptions, limitOf } from './explore-options.ts';
import { describeExtent } from './extent.ts';
import { swapPairs } from './independence.ts';
import { notDeterministic, Rechecks, repeat } from './repeat-run.ts';
import type { Sampling } from './sampling.ts';

/** Runs in which a declaration is checked before orders are left out because of it. */
const CHECKED_RUNS = 12;

/** What the methods of one search share: what is searched, what was run and found so far, and whether to go on. */
export class SearchState {
  readonly scenario: Scenario;
  readonly options: ExploreOptions;
  readonly families: readonly Family[];
  readonly weather: Weather;
  readonly arena: Arena;
  readonly tally = new Tally();
  /** Schedules to run at most, recorded ones aside; with parts, by all parts together. */
  readonly limit: number;
  readonly shard: Shard;
  readonly seed: number;
  /** What may deviate, as the end of a bound. */
  readonly extent: string;
  /** How many schedules by deviations all parts of this search have taken so far: the next one belongs to part `ordinal % count`. */
  ordinal = 0;
  /** Recorded schedules that were run, which come on top of the limit, and how many of them were of other code. */
  recorded = { run: 0, changed: 0 };
  sampling: Sampling | null = null;
  /** Schedules drawn by this part. */
  sampled = 0;
  exhaustive: ExhaustiveStrategy | null = null;
  /** The first run that failed, and what has found it. */
  failing: { readonly run: Run; readonly by: string; readonly families: readonly Family[] } | null = null;
  /** Of the declaration that connections are independent. */
  wrongDeclaration: ReportedFailure | null = null;
  isComplete = false;
  bound = '';
  /** Every schedule with so many deviations was run; null if not even the calm one. */
  covered: number | null = null;
  estimate: Estimate | null = null;
  private readonly plainRunner: Runner;
  private readonly startedMs: number;
  private readonly rechecks: Rechecks;
  /** How often somebody has asked whether the time is used up, from 0 to 7. */
  private looks = 0;

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

  runner(options: RunScenarioOptions): Runner {
    const { arena, families } = this;
    return new Runner(this.scenario, { ...options, arena, families });
  }

  /** Runs one schedule, without counting it. */
  run(strategy: Strategy): Run {
    return this.plainRunner.run(strategy);
  }

  /** Counts a run; false if the search is over. */
  count(run: Run, by: string, families = this.families): boolean {
    this.tally.add(run);
    this.options.onRun?.(run);
    if (run.failure === null && !run.isPruned) this.recheck(run, families);
    if (run.failure !== null) this.failing ??= { run, by, families };
    if (this.hasFailedForGood) return false;
    if (this.tally.schedules % 1000 === 0)
      this.options.onProgress?.({ schedules: this.tally.schedules, elapsedMs: this.elapsedMs() });
    return !this.isSpent();
  }

  /** Runs a recorded schedule and counts it. The families that could deviate then may do so now, whatever the weather is. */
  runRecorded(recording: Recording): void {
    const { scenario, arena, recorded } = this;
    const own = scenario.families ?? FAMILIES;
    const families = recording.families.filter((family) => own.includes(family));
    const run = new Runner(scenario, { arena, families }).run(new ReplayStrategy(recording.points));
    const changed = recorded.changed + (isRunOf(recording, run.decisions) ? 0 : 1);
    this.recorded = { run: recorded.run + 1, changed };
    this.count(run, 'a recorded schedule', families);
  }

  /** Whether somebody may still look at a run that was counted. */
  isKept({ decisions }: Run): boolean {
    return this.options.onRun !== undefined || this.failing?.run.decisions === decisions;
  }

  /** Whether the search is over: it has failed, or used up its schedules or its time. */
  isSpent(): boolean {
    const sampled = this.sampling?.rounds ?? 0;
    const taken = Math.max(this.ordinal + sampled, this.tally.schedules - this.recorded.run);
    return this.hasFailedForGood || taken >= this.limit || this.isOverdue();
  }

  /** Whether the time is used up, or somebody has asked to stop. Looks at the clock now and then only. */
  isOverdue(): boolean {
    this.looks = (this.looks + 1) % 8;
    if (this.looks !== 0) return false;
    const { budgetMs, isStopped } = this.options;
    return isStopped?.() === true || (budgetMs !== undefined && this.elapsedMs() >= budgetMs);
  }

  get hasFailedForGood(): boolean {
    return (this.failing !== null || this.wrongDeclaration !== null) && this.options.keepGoing !== true;
  }

  /** Wall time so far; 0 without a clock. */
  elapsedMs(): number {
    return this.options.now === undefined ? 0 : this.options.now() - this.startedMs;
  }

  /** Whether what is left may be estimated. */
  get mayProbe(): boolean {
    return !this.hasFailedForGood && this.options.isStopped?.() !== true;
  }

  /** A run that is not counted; null if the search is over. What fails in it has failed. */
  probe(run: Run): Run | null {
    const { families } = this;
    if (run.failure !== null) this.failing ??= { run, by: 'a probe of what is left', families };
    return this.hasFailedForGood ? null : run;
  }

  /** Checks in so many runs that connections are as independent as their services declare. */
  checkDeclaration(runs: number): void {
    const { seed, arena } = this;
    this.wrongDeclaration = swapPairs(this.scenario, { runs, seed, arena }).failure;
  }

  /** The same before orders are left out because of the declaration, unless the caller has said how often it is checked. */
  checkBeforePruning(): void {
    if (this.options.checkIndependence === undefined) this.checkDeclaration(CHECKED_RUNS);
  }

  /** Some of the runs that held are run again. */
  private recheck(run: Run, families: readonly Family[]): void {
    if (!this.rechecks.isDue()) return;
    const difference = repeat(this.scenario, run, { families, arena: this.arena });
    if (difference !== null)
      this.failing ??= { run: notDeterministic(run, difference), by: 'running it again', families };
  }
}
