import { FoulweatherError } from '../../core/index.ts';
import { type Report, type Shard } from '../../sim/index.ts';
/** A report file cannot be read, or does not belong with the others. */
export declare class ReportFileError extends FoulweatherError {
  constructor(file: string, why: string);
}
/** What a verification was told: parts of one search were told the same. */
export interface SearchSettings {
  readonly modules: readonly string[];
  readonly seed: number;
  readonly schedules?: number;
  readonly budgetMs?: number;
  readonly deviations?: number;
  readonly method?: string;
  readonly weather?: string;
}
export interface ReportFile {
  readonly version: 1;
  /** The parts that this covers, out of `count`; counted from 0. */
  readonly parts: readonly number[];
  readonly count: number;
  readonly settings: SearchSettings;
  readonly elapsedMs: number;
  readonly reports: readonly Report[];
}
/** The reports of one part. */
export declare function reportFile(
  shard: Shard,
  settings: SearchSettings,
  reports: readonly Report[],
  elapsedMs: number,
): ReportFile;
/** Writes the file, whole or not at all; its folder is made. Throws ReportFileError if it cannot be written. */
export declare function writeReportFile(file: string, content: ReportFile): void;
/** Throws ReportFileError if the file is missing, damaged or of another version. */
export declare function readReportFile(file: string): ReportFile;
/**
 * The parts of one search as one. A scenario of which parts are missing is not complete. Throws ReportFileError if the
 * files are of different searches, or if two cover the same part.
 */
export declare function mergeReportFiles(files: ReadonlyMap<string, ReportFile>): ReportFile;
/** The parts that no file covers, as `2/4`. */
export declare function missingParts(file: ReportFile): string[];
