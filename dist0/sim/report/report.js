// What a search has shown: a value, and a text for people.
import { checkOptions, show } from '../../core/arguments.js';
import { ArgumentError } from '../../core/errors.js';
import { FAMILIES } from '../decisions/label.js';
/** The names of each `sometimes` that was asked in some run, and held in none. */
export function neverHeld(report) {
  return Object.entries(report.sometimes)
    .filter(([, count]) => count === 0)
    .map(([name]) => name);
}
/** Which `sometimes` held, and which never did: no line, one or two. */
export function sometimesLines(report) {
  const lines = [];
  const held = Object.entries(report.sometimes).filter(([, count]) => count > 0);
  if (held.length > 0)
    lines.push(`  sometimes   ${held.map(([name, count]) => `${name} ${group(count)}`).join(', ')}`);
  const never = neverHeld(report);
  if (never.length > 0) lines.push(`  never held  ${never.join(', ')}`);
  return lines;
}
/** The report in a few lines. */
export function formatReport(report) {
  checkReport(report);
  const { decisionsPerRun: decisions } = report;
  const fired = FAMILIES.filter((family) => report.faults[family] > 0).map(
    (family) => `${family} ${group(report.faults[family])}`,
  );
  const lines = [
    `${report.failure === null ? '✓' : '✗'} ${report.scenario}: ${report.title}`,
    `  schedules   ${covered(report)}`,
    `  bound       ${report.bound}${report.isComplete ? ', complete' : `, not complete${remaining(report)}`}`,
    `  faults      ${fired.join(', ') || 'none'}`,
  ];
  if (report.neverFired.length > 0) lines.push(`  never fired ${report.neverFired.join(', ')}`);
  lines.push(...sometimesLines(report));
  const missed = Object.entries(report.pctMissed).map(
    ([depth, chance]) => `depth ${depth}: ${chance.toExponential(1)}`,
  );
  if (missed.length > 0) lines.push(`  pct missed  ${missed.join(', ')}`);
  lines.push(
    `  decisions   ${decisions.min} / ${decisions.median} / ${decisions.max} a run (min, median, max); ${group(Math.round(report.schedulesPerSecond))} schedules/s`,
  );
  return report.failure === null
    ? lines.join('\n')
    : `${lines.join('\n')}\n\n${formatFailure(report, report.failure)}`;
}
/** A failure as one reads it: the law, the deviations, what happened last, and what to paste. `modules` export the scenario. */
export function formatFailure(report, failure, modules = []) {
  const shrunk = failure.shrinkRuns === 0 ? '' : `, shrunk in ${group(failure.shrinkRuns)} runs`;
  const lines = [
    `${failure.law}`,
    `  scenario    ${report.scenario}`,
    `  found       by ${failure.foundBy} after ${group(failure.foundAfter)} schedules${shrunk}`,
    ...deviationLines(failure),
    `  error       ${failure.message.split('\n').join('\n              ')}`,
  ];
  if (failure.trace !== '')
    lines.push(
      '  trace',
      ...failure.trace
        .split('\n')
        .slice(-16)
        .map((line) => `  ${line}`),
    );
  if (failure.replay !== '')
    lines.push(
      `  replay      npx foulweather verify ${[...modules.map(quote), '--replay', failure.replay].join(' ')}`,
    );
  return lines.join('\n');
}
/** How it deviates; nothing is known of that if there is no replay string. */
function deviationLines({ deviations, isMinimal, nondeterminism, replay }) {
  if (nondeterminism === null && replay === '') return [];
  const count = deviations.length;
  const minimal = isMinimal ? '' : ' (perhaps not the fewest)';
  const sentences = deviations.map((text, index) => `    ${index + 1}. ${text}`);
  if (nondeterminism !== null) return [`  the program is not deterministic: ${nondeterminism}`, ...sentences];
  if (count === 0) return ['  fails without any deviation, on the perfect network'];
  return [`  fails with ${count} deviation${count === 1 ? '' : 's'}${minimal}:`, ...sentences];
}
/** As a shell needs it. */
function quote(word) {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
/** 1234567 as 1,234,567. */
export function group(value) {
  return value >= 1e15
    ? value.toExponential(3)
    : String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
function covered(report) {
  if (report.states === 0) return group(report.schedules);
  return `${group(report.schedules)} runs, ${group(report.states)} states, standing for ${group(report.schedulesCovered)} schedules`;
}
function remaining({ estimatedRemaining, estimate }) {
  if (estimatedRemaining === null || estimatedRemaining === 0) return '';
  return `: ${formatRemaining(estimatedRemaining, estimate)}`;
}
/** What is left of a search, as an estimate with its spread. */
export function formatRemaining(remaining, estimate) {
  const count = `an estimated ${group(remaining)} schedules remain`;
  if (estimate === null || estimate === undefined) return count;
  const { probes, low, median, high, mean } = estimate.remaining;
  const more = mean > high ? ', perhaps far more' : '';
  const [first] = estimate.levels;
  const level =
    first === undefined
      ? ''
      : `; with ${first.deviations} deviation${first.deviations === 1 ? '' : 's'} ${group(first.run)} of some ${group(first.schedules.mean)} were run`;
  return `${count}${more} (mean of ${probes} probes; their median is ${group(median)}, half are from ${group(low)} to ${group(high)}${level})`;
}
function checkReport(report) {
  checkOptions('report', report);
  if (typeof report.decisionsPerRun !== 'object' || typeof report.faults !== 'object')
    throw new ArgumentError(
      'ERR_INVALID_ARG_TYPE',
      `report must be what explore gives back, got ${show(report)}`,
    );
}
