import { type ProgramBody } from '../program-run.ts';
import type { EveryScheduleOptions, EveryScheduleReport } from './every-schedule-options.ts';
/** A title as it stands in a replay string. */
export declare function slugOf(title: string): string;
export declare class ScheduleSearch {
  private readonly title;
  private readonly body;
  private readonly options;
  private readonly weather;
  private readonly families;
  private readonly startedMs;
  private readonly tally;
  private readonly coverage;
  private readonly expectWanted;
  constructor(title: string, body: ProgramBody, options: EveryScheduleOptions);
  run(): Promise<EveryScheduleReport>;
  /** Runs one recorded schedule, exactly. */
  replay(text: string): Promise<EveryScheduleReport>;
  /** Every schedule with 0, then 1, then 2 … deviations, so that the first failure has the fewest. */
  private searchByDeviations;
  /** Sampling, the kinds in turn; the first one is calm. */
  private sample;
  private sampler;
  /** Whether the limit is reached. The calm schedule is always run. */
  private isSpent;
  private get isComplete();
  private runOnce;
  private report;
  private about;
  /** Counts a run; throws if it has failed. */
  private count;
  private note;
  private summary;
  private elapsedMs;
}
