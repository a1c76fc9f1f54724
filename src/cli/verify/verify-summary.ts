import {
  type Demands,
  FAMILIES,
  formatFailure,
  group,
  neverHeld,
  type Report,
  unmet,
} from '../../sim/index.ts';
import {
  formatBound,
  formatCovered,
  formatDecisions,
  formatMissed,
  recordedLine,
} from '../../sim/report/format-report.ts';
import { counted } from '../../sim/report/numbers.ts';

/** One line for a scenario that is done. */
export function scenarioLine(report: Report): string {
  const mark = report.failure === null ? '✓' : '✗';
  const amount =
    report.states > 0
      ? `${counted(report.states, 'state')}, ${counted(report.schedulesCovered, 'schedule')}`
      : counted(report.schedules, 'schedule');
  return `${mark} ${report.scenario.padEnd(24)} ${extentOf(report).padEnd(9)} ${amount.padStart(48)} ${(report.durationMs / 1000).toFixed(1).padStart(6)} s`;
}

function extentOf({ failure, isComplete, schedules, sampled }: Report): string {
  if (failure !== null) return 'failed';
  if (isComplete) return 'complete';
  if (schedules === 0) return 'not begun';
  return sampled === 0 ? 'cut off' : 'sampled';
}

/** What ran within which bound, which faults really happened, what failed. `homes` has the module of a scenario, for the line that replays. */
export function summary(
  reports: readonly Report[],
  elapsedMs: number,
  homes: Readonly<Record<string, string>> = {},
  demands: Demands = {},
): string {
  const failed = reports.filter((report) => report.failure !== null);
  const complete = reports.filter((report) => report.isComplete);
  const lines = ['', 'Faults that happened'];
  for (const service of groupsOf(reports)) {
    const counts = FAMILIES.map(
      (family) => [family, total(service.reports, (report) => report.faults[family])] as const,
    );
    const fired = counts
      .filter(([, count]) => count > 0)
      .map(([family, count]) => `${family} ${group(count)}`);
    lines.push(`  ${service.name.padEnd(10)} ${fired.join(', ') || 'none'}`);
  }
  lines.push('', 'Bounds');
  for (const report of reports) lines.push(`  ${report.scenario}: ${report.title}`, ...told(report));
  for (const report of failed) {
    const home = homes[report.scenario];
    lines.push('', formatFailure(report, report.failure!, home === undefined ? [] : [home]));
  }
  const runs = total(reports, (report) => report.schedules);
  lines.push(
    '',
    `${counted(reports.length, 'scenario')}, ${complete.length} complete within the bound: ${counted(runs, 'run')} for ${counted(
      total(reports, (report) => report.schedulesCovered),
      'schedule',
    )} in ${(elapsedMs / 1000).toFixed(1)} s`,
    failed.length === 0 ? held(reports) : `${failed.length} of ${reports.length} scenarios failed.`,
  );
  for (const report of reports)
    for (const sentence of unmet(report, demands))
      lines.push(`Demanded of ${report.scenario}, and not seen: ${sentence}.`);
  return lines.join('\n');
}

function held(reports: readonly Report[]): string {
  const idle = reports.filter(({ schedules }) => schedules === 0).length;
  return idle === 0
    ? 'All promises held.'
    : `No promise was broken, but ${counted(idle, 'scenario')} had no run: those promise nothing yet.`;
}

/** How far a search came, and how. */
function told(report: Report): string[] {
  const lines = [formatBound(report)];
  if (report.schedules > 0) lines.push(`decisions ${formatDecisions(report)}`);
  lines.push(...recordedLine(report));
  if (report.prunedRuns > 0) lines.push(formatCovered(report));
  const missed = formatMissed(report);
  if (missed !== '') lines.push(`pct missed ${missed}`);
  return [...lines.map((line) => `    ${line}`), ...silence(report)];
}

/** What was looked for and never seen. A search that a failure has ended has not looked for long. */
function silence(report: Report): string[] {
  if (report.failure !== null) return [];
  const lines: string[] = [];
  if (report.neverFired.length > 0) lines.push(`    never fired: ${report.neverFired.join(', ')}`);
  const held = Object.entries(report.sometimes).filter(([, count]) => count > 0);
  if (held.length > 0)
    lines.push(`    sometimes: ${held.map(([name, count]) => `${name} ${group(count)}`).join(', ')}`);
  const never = neverHeld(report);
  if (never.length > 0) lines.push(`    never held: ${never.join(', ')}`);
  return lines;
}

/** Scenarios by the first part of their name: what is under test. */
function groupsOf(reports: readonly Report[]): { name: string; reports: Report[] }[] {
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    const name = report.scenario.split('-')[0];
    groups.set(name, [...(groups.get(name) ?? []), report]);
  }
  return [...groups].map(([name, members]) => ({ name, reports: members }));
}

function total(reports: readonly Report[], value: (report: Report) => number): number {
  return reports.reduce((sum, report) => sum + value(report), 0);
}
