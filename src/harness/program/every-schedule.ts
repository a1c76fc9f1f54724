// A body under many schedules: the calm one first, then sampled ones; the first failure is shrunk and put into words.
import { checkInteger } from '../../core/arguments.ts';
import {
  calm,
  deviationsOf,
  FAMILIES,
  type Family,
  familiesOf,
  formatReplay,
  parseReplay,
  RecordedStrategy,
  ReplayStrategy,
  random,
  type Strategy,
  swarm,
  type WEATHERS,
  type Weather,
  weatherOf,
} from '../../sim/index.ts';
import { atMost } from './at-most.ts';
import { type ProgramBody, type ProgramRun, type ProgramRunOptions, runOnce } from './program-run.ts';
import { real } from './real-time.ts';
import { describeScheduleFailure, type ScheduleError } from './schedule-error.ts';
import { shrinkProgram } from './shrink-program.ts';

export interface EveryScheduleOptions extends ProgramRunOptions {
  /** Schedules to run at most. Default 100, or as many as the budget allows. */
  readonly schedules?: number;
  /** Real time to spend at most, in milliseconds. Default: no limit but `schedules`. */
  readonly budgetMs?: number;
  /** Default `storm`. */
  readonly weather?: Weather | keyof typeof WEATHERS;
  /** Seeds the sampling. Default 1. */
  readonly seed?: number;
  /** Deviations of one schedule at most. Default: no limit. */
  readonly deviations?: number;
  /** A replay string: only that schedule is run. Default: the environment's FOULWEATHER_REPLAY, if it is of this title. */
  readonly replay?: string;
  /** Real time to spend on shrinking a failure at most. Default 10,000. */
  readonly shrinkBudgetMs?: number;
  /** What to type to run a replay string again, for the report. */
  readonly replayCommand?: (replay: string) => string;
}

/** What a green search has shown. */
export interface EveryScheduleReport {
  readonly title: string;
  /** Runs made. */
  readonly schedules: number;
  /** Faults that really happened, by family. */
  readonly faults: Readonly<Record<Family, number>>;
  /** Families that could have deviated and never did. */
  readonly neverFired: readonly Family[];
  readonly durationMs: number;
}

const DEFAULT_SCHEDULES = 100;
const DEFAULT_SHRINK_BUDGET_MS = 10_000;

/** Runs spent on shrinking at most. */
const SHRINK_RUNS_MAX = 400;

/**
 * Runs `body` under many schedules, each on a fresh simulation that is installed for it. Rejects with ScheduleError at the
 * first that fails: shrunk, run again, and with a replay string.
 */
export async function everySchedule(
  title: string,
  body: ProgramBody,
  options: EveryScheduleOptions = {},
): Promise<EveryScheduleReport> {
  const search = new Search(title, body, options);
  const recorded = options.replay ?? process.env.FOULWEATHER_REPLAY;
  if (recorded !== undefined && recorded !== '') {
    const isOurs = parseReplay(recorded).scenario === slugOf(title);
    if (options.replay !== undefined || isOurs) return search.replay(recorded);
  }
  return search.run();
}

/** A title as it stands in a replay string. */
export function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'untitled' : slug;
}

class Search {
  private readonly title: string;
  private readonly body: ProgramBody;
  private readonly options: EveryScheduleOptions;
  private readonly weather: Weather;
  private readonly families: readonly Family[];
  private readonly startedMs = real.nowMs();
  private readonly faults = Object.fromEntries(FAMILIES.map((name) => [name, 0])) as Record<Family, number>;
  private schedules = 0;

  constructor(title: string, body: ProgramBody, options: EveryScheduleOptions) {
    this.title = title;
    this.body = body;
    this.options = options;
    this.weather = weatherOf(options.weather ?? 'storm');
    this.families = familiesOf(this.weather);
    if (options.schedules !== undefined) checkInteger('schedules', options.schedules, 1);
    if (options.deviations !== undefined) checkInteger('deviations', options.deviations, 0);
    if (options.seed !== undefined) checkInteger('seed', options.seed, 0);
  }

  async run(): Promise<EveryScheduleReport> {
    const { schedules, budgetMs } = this.options;
    const limit = schedules ?? (budgetMs === undefined ? DEFAULT_SCHEDULES : Number.POSITIVE_INFINITY);
    while (
      this.schedules < limit &&
      (budgetMs === undefined || this.elapsedMs() < budgetMs || this.schedules === 0)
    ) {
      const run = await this.runOnce(this.strategyFor(this.schedules));
      this.count(run);
      if (run.failure !== null) throw await this.report(run);
    }
    return this.summary();
  }

  /** Runs one recorded schedule, exactly. */
  async replay(text: string): Promise<EveryScheduleReport> {
    const recording = parseReplay(text);
    const strategy = new RecordedStrategy(recording);
    const run = await runOnce(this.body, strategy, recording.families, { ...this.options, trace: true });
    this.count(run);
    if (run.failure === null) {
      strategy.expectMet(run.decisions);
      return this.summary();
    }
    throw describeScheduleFailure({
      ...this.about(),
      run,
      traced: run,
      shrinkRuns: 0,
      isRepeatable: true,
      replay: text,
    });
  }

  private strategyFor(index: number): Strategy {
    const seed = (this.options.seed ?? 1) * 1_000_003 + index;
    if (index === 0) return calm;
    const sampled = index % 2 === 1 ? random(seed, this.weather) : swarm(seed, this.weather);
    return this.options.deviations === undefined ? sampled : atMost(this.options.deviations, sampled);
  }

  private runOnce(strategy: Strategy, trace = false): Promise<ProgramRun> {
    return runOnce(this.body, strategy, this.families, { ...this.options, trace });
  }

  private async report(failing: ProgramRun): Promise<ScheduleError> {
    const untilMs = real.nowMs() + (this.options.shrinkBudgetMs ?? DEFAULT_SHRINK_BUDGET_MS);
    const { run, runs, isRepeatable } = await shrinkProgram(
      failing,
      (strategy) => this.runOnce(strategy),
      (spent) => spent < SHRINK_RUNS_MAX && real.nowMs() < untilMs,
    );
    const traced = await this.runOnce(new ReplayStrategy(deviationsOf(run.decisions.choices)), true);
    const isSame = isRepeatable && traced.failure?.identity === run.failure?.identity;
    const replay = formatReplay(slugOf(this.title), this.families, run.decisions);
    return describeScheduleFailure({
      ...this.about(),
      run,
      traced,
      shrinkRuns: runs,
      isRepeatable: isSame,
      replay,
    });
  }

  private about(): {
    title: string;
    seed: number;
    schedules: number;
    replayCommand: EveryScheduleOptions['replayCommand'];
  } {
    const { seed = 1, replayCommand } = this.options;
    return { title: this.title, seed, schedules: this.schedules, replayCommand };
  }

  private count(run: ProgramRun): void {
    this.schedules += 1;
    for (const family of FAMILIES) this.faults[family] += run.sim.faultCount(family);
  }

  private summary(): EveryScheduleReport {
    return {
      title: this.title,
      schedules: this.schedules,
      faults: this.faults,
      neverFired: this.families.filter((family) => this.faults[family] === 0),
      durationMs: this.elapsedMs(),
    };
  }

  private elapsedMs(): number {
    return real.nowMs() - this.startedMs;
  }
}
