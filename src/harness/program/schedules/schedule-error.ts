import { FoulweatherError } from '../../../core/index.ts';
import { formatTrace } from '../../../sim/index.ts';
import type { ProgramRun } from '../program-run.ts';

/** How many events of the trace a message shows; all of them are in `trace`. */
const TRACE_LINES = 16;

/** How many deviations a message shows; all of them are in `deviations`. */
const DEVIATION_LINES = 20;

/** A body has failed under a schedule. `cause` is what it threw. */
export class ScheduleError extends FoulweatherError {
  readonly replay: string;
  /** The whole trace of the failing run, one line an event. */
  readonly trace: string;
  /** One sentence per deviation. */
  readonly deviations: readonly string[];

  constructor(
    message: string,
    details: {
      readonly cause: unknown;
      readonly replay: string;
      readonly trace: string;
      readonly deviations: readonly string[];
    },
  ) {
    super('ERR_SCHEDULE', message, { cause: details.cause });
    this.replay = details.replay;
    this.trace = details.trace;
    this.deviations = details.deviations;
    const frames = /\n\s+at [\s\S]*$/.exec((details.cause as Error | null)?.stack ?? '')?.[0];
    // Where the body failed is where a reader wants to be taken.
    if (frames !== undefined) this.stack = `${this.name}: ${message}${frames}`;
  }
}

export interface FailureDetails {
  readonly title: string;
  readonly seed: number;
  readonly schedules: number;
  /** The shrunk run, and the same run with a trace. */
  readonly run: ProgramRun;
  readonly traced: ProgramRun;
  readonly shrinkRuns: number;
  readonly isRepeatable: boolean;
  /** Whether every schedule with fewer deviations was run, and held. */
  readonly isMinimal: boolean;
  readonly replay: string;
  readonly replayCommand: ((replay: string) => string) | undefined;
}

/** Puts a failure into words. */
export function describeScheduleFailure(details: FailureDetails): ScheduleError {
  const { run, traced, replay } = details;
  const error = run.failure?.error;
  const deviations = (traced.sim.trace?.deviations ?? []).map(({ atMs, text }) => `at ${atMs} ms  ${text}`);
  const trace = formatTrace(traced.sim.trace?.events ?? []);
  const command = details.replayCommand?.(replay) ?? `FOULWEATHER_REPLAY=${replay}`;
  const lines = [
    `For every schedule, ${details.title}.`,
    `  seed ${details.seed}   ${count(details.schedules, 'run')}, ${shrinking(details, deviations.length)}`,
    ...column('schedule', deviations.length === 0 ? ['the calm one'] : clip(deviations)),
    ...column('error', describeError(error).split('\n')),
    ...column('trace', trace.split('\n').slice(-TRACE_LINES)),
    ...column('replay', [command]),
  ];
  return new ScheduleError(lines.join('\n'), { cause: error, replay, trace, deviations });
}

function clip(lines: readonly string[]): readonly string[] {
  const rest = lines.length - DEVIATION_LINES;
  return rest <= 0 ? lines : [...lines.slice(0, DEVIATION_LINES), `and ${rest} more`];
}

function shrinking({ isRepeatable, isMinimal, shrinkRuns }: FailureDetails, deviations: number): string {
  if (!isRepeatable)
    return 'but the same schedule did not fail alike when run again: the program is not deterministic';
  if (shrinkRuns === 0) return `replayed with ${count(deviations, 'deviation')}`;
  const fewest = isMinimal && deviations > 0 ? '; none with fewer fails' : '';
  return `shrunk to ${count(deviations, 'deviation')} in ${count(shrinkRuns, 'more run')}${fewest}`;
}

function column(name: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? name : '').padEnd(12)}${line}`.trimEnd());
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
}
