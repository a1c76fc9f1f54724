import { FoulweatherError } from '../../../core/index.js';
import { formatTrace } from '../../../sim/index.js';

/** How many events of the trace a message shows; all of them are in `trace`. */
const TRACE_LINES = 16;
/** How many deviations a message shows; all of them are in `deviations`. */
const DEVIATION_LINES = 20;
/** A body has failed under a schedule. `cause` is what it threw. */
export class ScheduleError extends FoulweatherError {
  constructor(message, details) {
    super('ERR_SCHEDULE', message, { cause: details.cause });
    this.replay = details.replay;
    this.trace = details.trace;
    this.deviations = details.deviations;
    const frames = /\n\s+at [\s\S]*$/.exec(details.cause?.stack ?? '')?.[0];
    // Where the body failed is where a reader wants to be taken.
    if (frames !== undefined) this.stack = `${this.name}: ${message}${frames}`;
  }
}
/** Puts a failure into words. */
export function describeScheduleFailure(details) {
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
function clip(lines) {
  const rest = lines.length - DEVIATION_LINES;
  return rest <= 0 ? lines : [...lines.slice(0, DEVIATION_LINES), `and ${rest} more`];
}
function shrinking({ isRepeatable, isMinimal, shrinkRuns }, deviations) {
  if (!isRepeatable)
    return 'but the same schedule did not fail alike when run again: the program is not deterministic';
  if (shrinkRuns === 0) return `replayed with ${count(deviations, 'deviation')}`;
  const fewest = isMinimal && deviations > 0 ? '; none with fewer fails' : '';
  return `shrunk to ${count(deviations, 'deviation')} in ${count(shrinkRuns, 'more run')}${fewest}`;
}
function column(name, lines) {
  return lines.map((line, index) => `  ${(index === 0 ? name : '').padEnd(12)}${line}`.trimEnd());
}
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
function describeError(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
}
