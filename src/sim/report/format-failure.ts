// A failure as a text: the law, the deviations, what happened last, and what to paste.
import { counted } from './numbers.ts';
import type { Report, ReportedFailure } from './report.ts';

/** How much of an error's message is shown. The report has all of it. */
const MESSAGE_MAX = 4000;
const MESSAGE_LINES_MAX = 40;

/** So many of the last events are shown. */
const EVENTS_MAX = 16;

/** A failure as one reads it: the law, the deviations, what happened last, and what to paste. `modules` export the scenario. */
export function formatFailure(
  report: Pick<Report, 'scenario'>,
  failure: ReportedFailure,
  modules: readonly string[] = [],
): string {
  const { replay, nondeterminism } = failure;
  const text = tellFailure(report, failure);
  if (replay === '') return text;
  const label = nondeterminism === null ? 'replay   ' : 'try again';
  const words = [...modules.map(quote), '--replay', replay];
  return `${text}\n  ${label}   npx foulweather verify ${words.join(' ')}`;
}

/** @internal All of it but for the line that replays. */
export function tellFailure(report: Pick<Report, 'scenario'>, failure: ReportedFailure): string {
  const { law, foundBy, foundAfter, shrinkRuns, trace, nondeterminism } = failure;
  const shrunk =
    shrinkRuns === 0 || nondeterminism !== null ? '' : `; shrunk in ${counted(shrinkRuns, 'run')}`;
  const lines = [
    law,
    `  scenario    ${report.scenario}`,
    `  found       by ${foundBy}, after ${counted(foundAfter, 'schedule')}${shrunk}`,
    ...deviationLines(failure),
    ...errorLines(failure),
  ];
  if (trace !== '') lines.push('  trace', ...lastLines(trace));
  return lines.join('\n');
}

/** How it deviates; nothing is known of that if there is no replay string. */
function deviationLines({ deviations, isMinimal, nondeterminism, replay }: ReportedFailure): string[] {
  if (nondeterminism === null && replay === '') return [];
  const sentences = deviations.map((text, index) => `    ${index + 1}. ${text}`);
  if (nondeterminism !== null) {
    return [
      `  the program is not deterministic: ${nondeterminism}`,
      '  so this schedule is not one run: look for what outlives a run (a variable of a module, a cache), and for what was taken from outside before it',
      ...sentences,
    ];
  }
  if (deviations.length === 0) return ['  fails without any deviation, on the perfect network'];
  const minimal = isMinimal ? '' : ' (perhaps not the fewest)';
  return [`  fails with ${counted(deviations.length, 'deviation')}${minimal}:`, ...sentences];
}

function errorLines({ message, place, nondeterminism }: ReportedFailure): string[] {
  // Told already.
  if (nondeterminism !== null && message.includes(nondeterminism)) return [];
  const lines = [`  error       ${clip(message).join('\n              ')}`];
  if (place !== '' && !message.includes(place)) lines.push(`  thrown at   ${place}`);
  return lines;
}

function clip(message: string): string[] {
  const lines = message.slice(0, MESSAGE_MAX).split('\n').slice(0, MESSAGE_LINES_MAX);
  const shown = lines.join('\n').length;
  if (shown < message.length) lines.push(`… and ${counted(message.length - shown, 'character')} more`);
  return lines;
}

function lastLines(trace: string): string[] {
  const events = trace.split('\n');
  const earlier = events.length - EVENTS_MAX;
  const lines = events.slice(-EVENTS_MAX).map((line) => `  ${line}`);
  return earlier > 0 ? [`         … ${counted(earlier, 'event')} before`, ...lines] : lines;
}

/** As a shell needs it. */
function quote(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
