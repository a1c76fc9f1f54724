import type { Events } from './run.ts';

/** Where what was seen first differs, for each of those who saw it; empty if all saw the same. */
export function differences(real: Events, simulated: Events): string[] {
  const found: string[] = [];
  for (const name of new Set([...Object.keys(real), ...Object.keys(simulated)])) {
    const expected = real[name] ?? [];
    const got = simulated[name] ?? [];
    const length = Math.max(expected.length, got.length);
    let at = 0;
    while (at < length && expected[at] === got[at]) at += 1;
    if (at === length) continue;
    const before =
      at === 0
        ? 'at first'
        : `after ${expected
            .slice(Math.max(0, at - 3), at)
            .map(brief)
            .join(' | ')}`;
    found.push(
      `${name}, ${before}:\n  real       ${rest(expected, got, at)}\n  simulation ${rest(got, expected, at)}`,
    );
  }
  return found;
}

/** The next three events; of a socket's properties only those that are not the same. */
function rest(events: readonly string[], others: readonly string[], at: number): string {
  const next = events.slice(at, at + 3).map((event, index) => {
    const same = new Set(others[at + index]?.split(', '));
    return (
      event
        .split(', ')
        .filter((part) => !same.has(part))
        .join(', ') || brief(event)
    );
  });
  return next.length === 0 ? '(nothing)' : next.join(' | ');
}

function brief(event: string): string {
  return event.includes(', ') ? '(properties)' : event;
}
