// A search's report as a text for people.
import { checkOptions, show } from '../../core/arguments.ts';
import { ArgumentError } from '../../core/errors.ts';
import { FAMILIES } from '../decisions/label.ts';
import type { Estimate } from '../search/estimate.ts';
import { formatFailure } from './format-failure.ts';
import { counted, group } from './numbers.ts';
import { neverHeld, type Report } from './report.ts';

/** The report in a few lines. */
export function formatReport(report: Report): string {
  checkReport(report);
  const fired = FAMILIES.filter((family) => report.faults[family] > 0).map(
    (family) => `${family} ${group(report.faults[family])}`,
  );
  const lines = [
    `${report.failure === null ? '✓' : '✗'} ${report.scenario}: ${report.title}`,
    `  schedules   ${formatCovered(report)}`,
    ...recordedLine(report).map((line) => `  recorded    ${line}`),
    `  bound       ${formatBound(report)}`,
    `  faults      ${fired.join(', ') || 'none'}`,
  ];
  if (report.neverFired.length > 0) lines.push(`  never fired ${report.neverFired.join(', ')}`);
  lines.push(...sometimesLines(report));
  const missed = formatMissed(report);
  if (missed !== '') lines.push(`  pct missed  ${missed}`);
  lines.push(`  decisions   ${formatDecisions(report)}`);
  return report.failure === null
    ? lines.join('\n')
    : `${lines.join('\n')}\n\n${formatFailure(report, report.failure)}`;
}

/** Which `sometimes` held, and which never did: no line, one or two. */
export function sometimesLines(report: Pick<Report, 'sometimes'>): string[] {
  const lines: string[] = [];
  const held = Object.entries(report.sometimes).filter(([, count]) => count > 0);
  if (held.length > 0)
    lines.push(`  sometimes   ${held.map(([name, count]) => `${name} ${group(count)}`).join(', ')}`);
  const never = neverHeld(report);
  if (never.length > 0) lines.push(`  never held  ${never.join(', ')}`);
  return lines;
}

/** `20,000 schedules`; with merging, also the states, and what the runs stand for. */
export function formatCovered({ schedules, states, schedulesCovered, prunedRuns }: Report): string {
  if (states === 0 && prunedRuns === 0) return counted(schedules, 'schedule');
  const cut =
    prunedRuns === 0 ? '' : `, ${group(prunedRuns)} of them cut short where the rest is explored elsewhere`;
  const merged =
    states === 0
      ? ''
      : `; ${counted(states, 'state')}, standing for ${counted(schedulesCovered, 'schedule')}`;
  return `${counted(schedules, 'run')}${cut}${merged}`;
}

/** How many recorded schedules were run first, and how many of those may show nothing any more; no line, or one. */
export function recordedLine({ recorded: { run, changed } }: Report): string[] {
  if (run === 0) return [];
  const stale =
    changed === 0
      ? ''
      : `; ${group(changed)} of them against other code, so that they may show nothing any more: leave them out, or record anew`;
  return [`${counted(run, 'recorded schedule')} first${stale}`];
}

/** The bound, and whether all of it was run; if not, what else was, and an estimate of what is left. */
export function formatBound(
  report: Pick<Report, 'bound' | 'isComplete' | 'failure' | 'estimatedRemaining' | 'estimate' | 'sampled'>,
): string {
  const { bound, isComplete, failure, estimatedRemaining, estimate, sampled } = report;
  if (isComplete) return `${bound}, complete`;
  if (failure !== null) return `${bound}, ended by a failure`;
  const extent = `${bound}${formatLevel(estimate)}, ${sampled === 0 ? 'cut off' : 'sampled beyond'}`;
  if (estimatedRemaining === null || estimatedRemaining === 0) return extent;
  return `${extent}: ${formatRemaining(estimatedRemaining, estimate)}`;
}

/** `9 / 23 / 40 a run (min, median, max); 5,714 schedules/s` */
export function formatDecisions({ decisionsPerRun, schedulesPerSecond }: Report): string {
  const { min, median, max } = decisionsPerRun;
  return `${min} / ${median} / ${max} a run (min, median, max); ${group(schedulesPerSecond)} schedules/s`;
}

/** How likely pct has missed a bug, by depth; empty if it was not used. */
export function formatMissed({ pctMissed }: Pick<Report, 'pctMissed'>): string {
  const depths = Object.entries(pctMissed);
  if (depths.length === 0) return '';
  const each = depths.map(([depth, chance], index) => {
    const what = index === 0 ? 'a bug of depth' : 'of depth';
    return `${formatChance(chance)} ${what} ${depth}`;
  });
  return `with probability at most ${each.join(', ')}`;
}

/** What is left of a search, as an estimate with its spread. */
export function formatRemaining(remaining: number, estimate?: Estimate | null): string {
  const count = `an estimated ${counted(remaining, 'schedule')} ${remaining === 1 ? 'remains' : 'remain'}`;
  if (estimate === null || estimate === undefined) return count;
  const { probes, low, median, high, mean } = estimate.remaining;
  const more = mean > high ? ', perhaps far more' : '';
  return `${count}${more} (mean of ${probes} probes; their median is ${group(median)}, half are from ${group(low)} to ${group(high)})`;
}

/** `, and 43 % of those with 2 (123 of some 286)`: how far the first level came that was not finished. */
function formatLevel(estimate: Estimate | null): string {
  const [first] = estimate?.levels ?? [];
  if (first === undefined || first.run === 0) return '';
  const { deviations, run, schedules } = first;
  // The probes may have met too few: what was run is known.
  if (schedules.mean <= run) return `, and ${group(run)} of those with ${deviations}`;
  const percent = Math.floor((run / schedules.mean) * 100);
  const share = percent === 0 ? 'under 1 %' : `${percent} %`;
  return `, and ${share} of those with ${deviations} (${group(run)} of some ${group(schedules.mean)})`;
}

function formatChance(chance: number): string {
  if (chance < 1e-300) return '1e-300';
  return chance < 0.001 ? chance.toExponential(1) : String(Number(chance.toPrecision(2)));
}

function checkReport(report: Report): void {
  checkOptions('report', report);
  if (typeof report.decisionsPerRun !== 'object' || typeof report.faults !== 'object')
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `report must be what explore gives back, got ${show(report)}`,
    );
}
