import { FAMILIES, formatFailure, formatRemaining, group, neverHeld, unmet } from '../../sim/index.js';
/** One line for a scenario that is done. */
export function scenarioLine(report) {
  const mark = report.failure === null ? '✓' : '✗';
  const amount =
    report.states > 0
      ? `${group(report.states)} states, ${group(report.schedulesCovered)} schedules`
      : `${group(report.schedules)} schedules`;
  const extent = report.failure !== null ? 'failed' : report.isComplete ? 'complete' : 'sampled';
  return `${mark} ${report.scenario.padEnd(24)} ${extent.padEnd(9)} ${amount.padStart(48)} ${(report.durationMs / 1000).toFixed(1).padStart(6)} s`;
}
/** What ran within which bound, which faults really happened, what failed. `modules` go into the lines that replay. */
export function summary(reports, elapsedMs, modules = [], demands = {}) {
  const failed = reports.filter((report) => report.failure !== null);
  const complete = reports.filter((report) => report.isComplete);
  const lines = ['', 'Faults that happened'];
  for (const service of groupsOf(reports)) {
    const counts = FAMILIES.map((family) => [
      family,
      total(service.reports, (report) => report.faults[family]),
    ]);
    const fired = counts
      .filter(([, count]) => count > 0)
      .map(([family, count]) => `${family} ${group(count)}`);
    lines.push(`  ${service.name.padEnd(10)} ${fired.join(', ') || 'none'}`);
  }
  lines.push('', 'Bounds');
  for (const report of reports)
    lines.push(`  ${report.scenario}: ${report.title}`, `    ${boundOf(report)}`, ...silence(report));
  for (const report of failed) lines.push('', formatFailure(report, report.failure, modules));
  const runs = total(reports, (report) => report.schedules);
  lines.push(
    '',
    `${reports.length} scenario${reports.length === 1 ? '' : 's'}, ${complete.length} complete within the bound: ${group(runs)} runs for ${group(total(reports, (report) => report.schedulesCovered))} schedules in ${(elapsedMs / 1000).toFixed(1)} s`,
    failed.length === 0 ? 'All promises held.' : `${failed.length} of ${reports.length} scenarios failed.`,
  );
  for (const report of reports)
    for (const sentence of unmet(report, demands))
      lines.push(`Demanded of ${report.scenario}, and not seen: ${sentence}.`);
  return lines.join('\n');
}
/** What was looked for and never seen. A search that a failure has ended has not looked for long. */
function silence(report) {
  if (report.failure !== null) return [];
  const lines = [];
  if (report.neverFired.length > 0) lines.push(`    never fired: ${report.neverFired.join(', ')}`);
  const held = Object.entries(report.sometimes).filter(([, count]) => count > 0);
  if (held.length > 0)
    lines.push(`    sometimes: ${held.map(([name, count]) => `${name} ${group(count)}`).join(', ')}`);
  const never = neverHeld(report);
  if (never.length > 0) lines.push(`    never held: ${never.join(', ')}`);
  return lines;
}
function boundOf(report) {
  const { bound, estimatedRemaining, estimate } = report;
  if (report.failure !== null) return `${bound}, ended by a failure`;
  if (report.isComplete) return `${bound}, complete`;
  if (estimatedRemaining === null || estimatedRemaining === 0) return `${bound}, not complete`;
  return `${bound}, not complete: ${formatRemaining(estimatedRemaining, estimate)}`;
}
/** Scenarios by the first part of their name: what is under test. */
function groupsOf(reports) {
  const groups = new Map();
  for (const report of reports) {
    const name = report.scenario.split('-')[0];
    groups.set(name, [...(groups.get(name) ?? []), report]);
  }
  return [...groups].map(([name, members]) => ({ name, reports: members }));
}
function total(reports, value) {
  return reports.reduce((sum, report) => sum + value(report), 0);
}
