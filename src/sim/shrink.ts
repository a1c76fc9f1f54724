// Fewer and smaller deviations that break the same law. First greedily, then by a sweep through every schedule with
// fewer, so that the result is minimal and not merely small.
import { LABELS, type Label } from './label.ts';
import { type Run, type RunScenarioOptions, runScenario, type Scenario } from './scenario.ts';
import { searchBounded } from './search/bounded.ts';
import { type LabelledPoint, LabelledStrategy } from './strategies/labelled.ts';
import { type DeviationPoint, deviationsOf, ReplayStrategy } from './strategies/replay.ts';

export interface ShrinkOptions extends RunScenarioOptions {
  /** Runs to spend at most. Default 20,000. */
  readonly maxRuns?: number;
}

export interface Shrunk {
  /** The failing run with the fewest deviations found. */
  readonly run: Run;
  readonly points: readonly DeviationPoint[];
  /** Runs spent. */
  readonly runs: number;
  /** Whether every schedule with fewer deviations was tried, and held. */
  readonly isMinimal: boolean;
}

/** Shrinks a failing run. Returns null if its schedule does not fail again in the same way: then the program is not deterministic. */
export function shrink(scenario: Scenario, failing: Run, options: ShrinkOptions = {}): Shrunk | null {
  const shrinker = new Shrinker(scenario, failing.failure!.law, options);
  if (!shrinker.verify(deviationsOf(failing.decisions.choices))) return null;
  shrinker.reduce();
  const isMinimal = shrinker.sweep();
  return { run: shrinker.best, points: shrinker.points, runs: shrinker.runs, isMinimal };
}

class Shrinker {
  best!: Run;
  points: readonly DeviationPoint[] = [];
  runs = 0;
  private readonly scenario: Scenario;
  private readonly law: string;
  private readonly options: ShrinkOptions;
  private readonly maxRuns: number;

  constructor(scenario: Scenario, law: string, options: ShrinkOptions) {
    this.scenario = scenario;
    this.law = law;
    this.options = { ...options, trace: false };
    this.maxRuns = options.maxRuns ?? 20_000;
  }

  verify(points: readonly DeviationPoint[]): boolean {
    const run = this.try(new ReplayStrategy(points));
    if (run === null) return false;
    this.keep(run);
    return true;
  }

  /** Drops and lowers until nothing more can go. */
  reduce(): void {
    let before: number;
    do {
      before = this.weight(this.points);
      this.dropEverything();
      this.dropFamilies();
      this.dropSpans();
      this.lower();
    } while (this.weight(this.points) < before && this.runs < this.maxRuns);
  }

  /** Tries every schedule with fewer deviations, the fewest first; true if all were tried. */
  sweep(): boolean {
    for (let deviations = 0; deviations < this.points.length; deviations += 1) {
      const isComplete = searchBounded<Run>({
        deviations,
        run: (points) => this.run(new ReplayStrategy(points)),
        visit: (run) => {
          if (run.failure?.law === this.law) {
            this.keep(run);
            return false;
          }
          return this.runs < this.maxRuns;
        },
      });
      if (this.points.length <= deviations) return true;
      if (!isComplete) return false;
    }
    return true;
  }

  private dropEverything(): void {
    this.attempt([]);
  }

  private dropFamilies(): void {
    for (const label of LABELS) {
      if (this.labelled().some((point) => point.label === label))
        this.attempt(this.labelled().filter((point) => point.label !== label));
    }
  }

  /** Delta debugging over the deviations: halves, quarters, …, single ones. */
  private dropSpans(): void {
    for (
      let size = Math.ceil(this.points.length / 2);
      size >= 1;
      size = size === 1 ? 0 : Math.ceil(size / 2)
    ) {
      for (let at = 0; at < this.points.length && this.runs < this.maxRuns; ) {
        const kept = this.labelled().filter((_, index) => index < at || index >= at + size);
        if (!this.attempt(kept)) at += size;
      }
    }
  }

  private lower(): void {
    for (let at = 0; at < this.points.length && this.runs < this.maxRuns; at += 1) {
      for (const smaller of [1, this.points[at]?.choice >> 1, (this.points[at]?.choice ?? 0) - 1]) {
        const point = this.labelled()[at];
        if (point === undefined || smaller < 1 || smaller >= point.choice) continue;
        this.attempt(
          this.labelled().map((other, index) => (index === at ? { ...other, choice: smaller } : other)),
        );
      }
    }
  }

  /** Tries these deviations, placed by index and then by label; keeps them if they fail alike and weigh less. */
  private attempt(points: readonly LabelledPoint[]): boolean {
    return (
      this.accept(this.try(new ReplayStrategy(points))) || this.accept(this.try(new LabelledStrategy(points)))
    );
  }

  private accept(run: Run | null): boolean {
    if (run === null || this.weight(deviationsOf(run.decisions.choices)) >= this.weight(this.points))
      return false;
    this.keep(run);
    return true;
  }

  private keep(run: Run): void {
    this.best = run;
    this.points = deviationsOf(run.decisions.choices);
  }

  private try(strategy: ReplayStrategy | LabelledStrategy): Run | null {
    const run = this.run(strategy);
    return run.failure?.law === this.law ? run : null;
  }

  private run(strategy: ReplayStrategy | LabelledStrategy): Run {
    this.runs += 1;
    return runScenario(this.scenario, strategy, this.options);
  }

  /** Where each deviation stands among the decisions of its own label, which survives the loss of others. */
  private labelled(): LabelledPoint[] {
    const { labels } = this.best.decisions;
    const met = new Map<Label, number>();
    const found: LabelledPoint[] = [];
    let next = 0;
    for (let index = 0; index < labels.length && next < this.points.length; index += 1) {
      const occurrence = met.get(labels[index]) ?? 0;
      met.set(labels[index], occurrence + 1);
      if (this.points[next].index !== index) continue;
      found.push({ ...this.points[next], label: labels[index], occurrence });
      next += 1;
    }
    return found;
  }

  private weight(points: readonly DeviationPoint[]): number {
    return points.reduce((sum, point) => sum + 1e6 + Math.min(point.choice, 1e5), 0);
  }
}
