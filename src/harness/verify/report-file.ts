// The reports of one verification as a file, and the files of several machines as one.
import { readFileSync } from 'node:fs';
import { FoulweatherError } from '../../core/index.ts';
import { mergeReports, type Report, type Shard } from '../../sim/index.ts';
import { expectReplaceable, replaceFile } from './replace-file.ts';

/** A report file cannot be read, or does not belong with the others. */
export class ReportFileError extends FoulweatherError {
  constructor(file: string, why: string) {
    super('ERR_REPORT_FILE', `${file}: ${why}`);
  }
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
  readonly everyOrder?: boolean;
}

export interface ReportFile {
  readonly version: 1;
  /** The parts that this covers, out of `count`; counted from 0. */
  readonly parts: readonly number[];
  readonly count: number;
  readonly settings: SearchSettings;
  /** Which of the modules a scenario is in; the shipped ones are in none. */
  readonly homes: Readonly<Record<string, string>>;
  readonly elapsedMs: number;
  readonly reports: readonly Report[];
}

/** The reports of one part. */
export function reportFile(
  { index, count }: Shard,
  told: Pick<ReportFile, 'settings' | 'homes' | 'elapsedMs' | 'reports'>,
): ReportFile {
  return { version: 1, parts: [index], count, ...told };
}

/** Writes the file, whole or not at all; its folder is made. Throws ReportFileError if it cannot be written. */
export function writeReportFile(file: string, content: ReportFile): void {
  try {
    replaceFile(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    throw new ReportFileError(file, `the report cannot be written there (${(error as Error).message})`);
  }
}

/** Throws ReportFileError if a report could not be written there: better before a search than after it. Its folder is made. */
export function expectWritable(file: string): void {
  try {
    expectReplaceable(file);
  } catch (error) {
    throw new ReportFileError(file, `the report cannot be written there (${(error as Error).message})`);
  }
}

/** Throws ReportFileError if the file is missing, damaged or of another version. */
export function readReportFile(file: string): ReportFile {
  let content: Partial<ReportFile>;
  try {
    content = JSON.parse(readFileSync(file, 'utf8')) as Partial<ReportFile>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ReportFileError(
      file,
      code === 'ENOENT' ? 'there is no such file' : `it is no report (${message})`,
    );
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new ReportFileError(file, 'it is no report of foulweather verify --report');
  const { version } = content;
  if (version !== 1)
    throw new ReportFileError(file, `it is of version ${String(version)}, and this one reads version 1`);
  if (!isReportFile(content))
    throw new ReportFileError(file, 'it is no report of foulweather verify --report');
  return content;
}

function isReportFile(content: Partial<ReportFile>): content is ReportFile {
  const { reports, parts, count = 0, settings, homes } = content;
  const isPart = (part: number): boolean => Number.isInteger(part) && part >= 0 && part < count;
  return (
    Array.isArray(parts) &&
    parts.length > 0 &&
    parts.every(isPart) &&
    isObject(settings) &&
    isObject(homes) &&
    Array.isArray(reports) &&
    reports.every(isReport)
  );
}

function isReport(report: Partial<Report> | null): boolean {
  if (!isObject(report)) return false;
  const {
    scenario,
    schedules,
    recorded,
    bound,
    neverFired,
    faults,
    sometimes,
    decisionsPerRun,
    pctMissed,
    failure,
  } = report as Partial<Report>;
  return (
    typeof scenario === 'string' &&
    typeof schedules === 'number' &&
    typeof bound === 'string' &&
    Array.isArray(neverFired) &&
    [recorded, faults, sometimes, decisionsPerRun, pctMissed].every(isObject) &&
    (failure === null || isObject(failure))
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * The parts of one search as one. A scenario of which parts are missing is not complete. Throws ReportFileError if the
 * files are of different searches, or if two cover the same part.
 */
export function mergeReportFiles(files: ReadonlyMap<string, ReportFile>): ReportFile {
  const [[firstName, first]] = files;
  const parts: number[] = [];
  for (const [name, file] of files) {
    const difference = differenceOf(first, file);
    if (difference !== null) throw new ReportFileError(name, `${difference}, unlike ${firstName}`);
    for (const part of file.parts) {
      if (parts.includes(part))
        throw new ReportFileError(name, `it covers part ${part + 1}/${file.count}, and so does another file`);
      parts.push(part);
    }
  }
  const all = [...files.values()];
  const isWhole = parts.length === first.count;
  const scenarios = new Set(all.flatMap(({ reports }) => reports.map(({ scenario }) => scenario)));
  const reports = [...scenarios].map((scenario) => {
    const found = all.flatMap((file) => file.reports.filter((report) => report.scenario === scenario));
    const merged = mergeReports(found);
    return isWhole ? merged : { ...merged, isComplete: false, estimatedRemaining: null };
  });
  parts.sort((a, b) => a - b);
  const homes = Object.assign({}, ...all.map((file) => file.homes)) as Record<string, string>;
  return { ...first, parts, homes, reports, elapsedMs: Math.max(...all.map((file) => file.elapsedMs)) };
}

/** The parts that no file covers, as `2/4`. */
export function missingParts(file: ReportFile): string[] {
  return Array.from({ length: file.count }, (_, part) => part)
    .filter((part) => !file.parts.includes(part))
    .map((part) => `${part + 1}/${file.count}`);
}

function differenceOf(one: ReportFile, other: ReportFile): string | null {
  if (one.count !== other.count) return `it is a part of ${other.count}, not of ${one.count}`;
  for (const key of [
    'modules',
    'seed',
    'schedules',
    'budgetMs',
    'deviations',
    'method',
    'weather',
  ] as const) {
    const [a, b] = [one.settings[key], other.settings[key]].map((value) => JSON.stringify(value) ?? 'none');
    if (a !== b) return `its ${key} is ${b}, not ${a}`;
  }
  return null;
}
