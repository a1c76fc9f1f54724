import { FAMILIES, group, sometimesLines } from '../../../sim/index.ts';
import type { EveryScheduleReport } from './every-schedule-options.ts';

/** What a search has shown, in a few lines. */
export function formatEverySchedule(report: EveryScheduleReport): string {
  const fired = FAMILIES.filter((family) => report.faults[family] > 0).map(
    (family) => `${family} ${group(report.faults[family])}`,
  );
  const lines = [
    `✓ For every schedule, ${report.title}`,
    `  schedules   ${group(report.schedules)} in ${(report.durationMs / 1000).toFixed(1)} s`,
    `  bound       {${report.bound}}${report.isComplete ? ', complete' : ', in part'}`,
    `  faults      ${fired.join(', ') || 'none'}`,
  ];
  if (report.neverFired.length > 0) lines.push(`  never fired ${report.neverFired.join(', ')}`);
  lines.push(...sometimesLines(report));
  return lines.join('\n');
}
