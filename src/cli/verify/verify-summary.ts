import { FAMILIES, formatFailure, group, type Report } from '../../sim/index.ts';

/** One line for a scenario that is done. */
export function scenarioLine(report: Report): string {
  const mark = report.failure === null ? '✓' : '✗';
  const amount =
    report.states > 0
      ? `${group(report.states)} states, ${group(report.schedulesCovered)} schedules`
      : `${group(report.schedules)} schedules`;
  const extent = report.failure !== null ? 'failed' : report.isComplete ? 'complete' : 'sampled';
  return `${mark} ${report.scenario.padEnd(24)} ${extent.padEnd(9)} ${amount.padStart(48)} ${(report.durationMs / 1000).toFixed(1).padStart(6)} s`;
}

/** What ran within which bound, which faults really happened, what failed. `modules` go into the lines that replay. */
export function summary(
  reports: readonly Report[],
  elapsedMs: number,
  modules: readonly string[] = [],
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
  for (const report of reports) lines.push(`  ${report.scenario}: ${report.title}`, `    ${boundOf(report)}`);
  for (const report of failed) lines.push('', formatFailure(report, report.failure!, modules));
  const runs = total(reports, (report) => report.schedules);
  lines.push(
    '',
    `${reports.length} scenario${reports.length === 1 ? '' : 's'}, ${complete.length} complete within the bound: ${group(runs)} runs for ${group(total(reports, (report) => report.schedulesCovered))} schedules in ${(elapsedMs / 1000).toFixed(1)} s`,
    failed.length === 0 ? 'All promises held.' : `${failed.length} of ${reports.length} scenarios failed.`,
  );
  return lines.join('\n');
}

function boundOf(report: Report): string {
  const { bound, estimatedRemaining } = report;
  if (report.failure !== null) return `${bound}, ended by a failure`;
  if (report.isComplete) return `${bound}, complete`;
  if (estimatedRemaining === null || estimatedRemaining === 0) return `${bound}, not complete`;
  return `${bound}, not complete: an estimated ${group(estimatedRemaining)} runs remain`;
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
