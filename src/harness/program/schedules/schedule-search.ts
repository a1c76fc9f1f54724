// The search behind everySchedule: schedules with 0, then 1, then 2 … deviations, then sampled ones. The first failure is
// shrunk and put into words.
import {
  calm,
  deviationsOf,
  type Family,
  familiesOf,
  formatReplay,
  PctKnowledge,
  PctStrategy,
  parseReplay,
  pos,
  RecordedStrategy,
  ReplayStrategy,
  random,
  type Strategy,
  swarm,
  type Weather,
  weatherOf,
} from '../../../sim/index.ts';
import { Tally } from '../../../sim/report/tally.ts';
import { BoundedSchedules } from '../../../sim/search/bounded.ts';
import { expectWanted } from '../abandon.ts';
import { Coverage } from '../coverage.ts';
import { type ProgramBody, type ProgramRun, runOnce } from '../program-run.ts';
import { real } from '../real-time.ts';
import { atMost } from './at-most.ts';
import type { EveryScheduleOptions, EveryScheduleReport } from './every-schedule-options.ts';
import { expectShown } from './not-shown-error.ts';
import { describeScheduleFailure, type ScheduleError } from './schedule-error.ts';
import { shrinkProgram } from './shrink-program.ts';

/** Where a search or a part of it ends. */
interface Limit {
  readonly schedules: number;
  readonly ms: number;
}

type Sampler = 'random' | 'swarm' | 'pct' | 'pos';

const SAMPLERS: readonly Sampler[] = ['random', 'swarm', 'pct', 'pos'];

/** Deeper bugs are found by pct too seldom to be worth its runs. */
const PCT_DEPTH_MAX = 3;

const DEFAULT_SCHEDULES = 100;
const DEFAULT_SHRINK_BUDGET_MS = 10_000;

/** Runs spent on shrinking at most. */
const SHRINK_RUNS_MAX = 2_000;

/** A title as it stands in a replay string. */
export function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'untitled' : slug;
}

export class ScheduleSearch {
  private readonly title: string;
  private readonly body: ProgramBody;
  private readonly options: EveryScheduleOptions;
  private readonly weather: Weather;
  private readonly families: readonly Family[];
  private readonly startedMs = real.nowMs();
  private readonly tally = new Tally();
  private readonly coverage = new Coverage();
  private readonly expectWanted = expectWanted();

  constructor(title: string, body: ProgramBody, options: EveryScheduleOptions) {
    this.title = title;
    this.body = body;
    this.options = options;
    this.weather = weatherOf(options.weather ?? 'storm');
    this.families = familiesOf(this.weather);
  }

  async run(): Promise<EveryScheduleReport> {
    const { schedules, budgetMs, method = 'portfolio' } = this.options;
    const most = schedules ?? (budgetMs === undefined ? DEFAULT_SCHEDULES : Number.POSITIVE_INFINITY);
    const limit: Limit = { schedules: most, ms: budgetMs ?? Number.POSITIVE_INFINITY };
    if (method === 'bounded') await this.searchByDeviations(limit);
    else if (method === 'portfolio') {
      await this.searchByDeviations({ schedules: Math.ceil(limit.schedules / 2), ms: limit.ms / 2 });
      if (!this.isComplete) await this.sample(SAMPLERS, limit);
    } else await this.sample([method], limit);
    const report = this.summary();
    expectShown(report, this.options);
    return report;
  }

  /** Runs one recorded schedule, exactly. */
  async replay(text: string): Promise<EveryScheduleReport> {
    const recording = parseReplay(text);
    const strategy = new RecordedStrategy(recording);
    const run = await runOnce(this.body, strategy, recording.families, { ...this.options, trace: true });
    this.note(run, 'replayed');
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
      isMinimal: false,
      replay: text,
    });
  }

  /** Every schedule with 0, then 1, then 2 … deviations, so that the first failure has the fewest. */
  private async searchByDeviations(limit: Limit): Promise<void> {
    const most = this.options.deviations ?? Number.POSITIVE_INFINITY;
    for (let deviations = 0; deviations <= most; deviations += 1) {
      const schedules = new BoundedSchedules(deviations, { order: 'spread' });
      while (!schedules.isOver) {
        if (this.isSpent(limit)) return;
        const run = await this.runOnce(new ReplayStrategy([...schedules.points]));
        if (schedules.isVisit) await this.count(run, 'bounded');
        schedules.advance(run.decisions.arities);
      }
      this.coverage.closeLevel();
      if (this.coverage.hasAll) return;
    }
  }

  /** Sampling, the kinds in turn; the first one is calm. */
  private async sample(kinds: readonly Sampler[], limit: Limit): Promise<void> {
    const knowledge = new PctKnowledge();
    for (let round = 0; !this.isSpent(limit); round += 1) {
      const sampler = this.sampler(kinds[round % kinds.length], round);
      if (sampler instanceof PctStrategy) sampler.learnFrom(knowledge);
      const { deviations } = this.options;
      const strategy = deviations === undefined ? sampler : atMost(deviations, sampler);
      const run = await this.runOnce(this.coverage.schedules === 0 ? calm : strategy);
      if (sampler instanceof PctStrategy) sampler.teach(knowledge);
      await this.count(run, 'sampled');
    }
  }

  private sampler(kind: Sampler, round: number): Strategy {
    const seed = (this.options.seed ?? 1) * 1_000_003 + round;
    if (kind === 'random') return random(seed, this.weather);
    if (kind === 'swarm') return swarm(seed, this.weather);
    if (kind === 'pos') return pos(seed, this.weather);
    return new PctStrategy(seed, 1 + (Math.floor(round / SAMPLERS.length) % PCT_DEPTH_MAX), this.weather);
  }

  /** Whether the limit is reached. The calm schedule is always run. */
  private isSpent(limit: Limit): boolean {
    const { schedules } = this.coverage;
    return schedules > 0 && (schedules >= limit.schedules || this.elapsedMs() >= limit.ms);
  }

  private get isComplete(): boolean {
    const { hasAll, deviations } = this.coverage;
    return hasAll || (this.options.deviations !== undefined && deviations >= this.options.deviations);
  }

  private async runOnce(strategy: Strategy, trace = false): Promise<ProgramRun> {
    this.expectWanted();
    return runOnce(this.body, strategy, this.families, { ...this.options, trace });
  }

  private async report(failing: ProgramRun): Promise<ScheduleError> {
    const untilMs = real.nowMs() + (this.options.shrinkBudgetMs ?? DEFAULT_SHRINK_BUDGET_MS);
    const { run, points, runs, isRepeatable, isMinimal } = await shrinkProgram(
      failing,
      (strategy) => this.runOnce(strategy),
      (spent) => spent < SHRINK_RUNS_MAX && real.nowMs() < untilMs,
      this.coverage.deviations,
    );
    const traced = await this.runOnce(new ReplayStrategy(deviationsOf(run.decisions.choices)), true);
    const isSame = isRepeatable && traced.failure?.identity === run.failure?.identity;
    const replay = formatReplay(slugOf(this.title), this.families, run.decisions, points);
    return describeScheduleFailure({
      ...this.about(),
      run,
      traced,
      shrinkRuns: runs,
      isRepeatable: isSame,
      isMinimal: isSame && isMinimal,
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
    return { title: this.title, seed, schedules: this.coverage.schedules, replayCommand };
  }

  /** Counts a run; throws if it has failed. */
  private async count(run: ProgramRun, kind: 'bounded' | 'sampled'): Promise<void> {
    this.note(run, kind);
    if (run.failure !== null) throw await this.report(run);
  }

  private note(run: ProgramRun, kind: 'bounded' | 'sampled' | 'replayed'): void {
    this.coverage.add(kind);
    const { decisions, sim } = run;
    this.tally.add({ decisions, sim, faults: sim.network.faults, isPruned: false });
  }

  private summary(): EveryScheduleReport {
    return {
      title: this.title,
      schedules: this.coverage.schedules,
      bound: String(this.coverage),
      deviationsCovered: this.coverage.deviations,
      isComplete: this.isComplete,
      faults: this.tally.faultsByFamily(),
      neverFired: this.tally.neverFired(this.families),
      sometimes: Object.fromEntries(this.tally.reached),
      durationMs: this.elapsedMs(),
    };
  }

  private elapsedMs(): number {
    return real.nowMs() - this.startedMs;
  }
}
