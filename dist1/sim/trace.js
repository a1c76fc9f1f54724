import { checkList } from '../core/arguments.js';
/** What is noted of one run when somebody wants to read it. Runs of a search have none. */
export class Trace {
  constructor() {
    this.events = [];
    this.deviations = [];
  }
  record(atMs, place, kind, detail = '') {
    this.events.push({ atMs, place, kind, detail });
  }
}
/** One line an event, in columns. */
export function formatTrace(events) {
  checkList('events', events);
  const width = Math.max(0, ...events.map((event) => event.place.length));
  return events
    .map(({ atMs, place, kind, detail }) =>
      `${String(atMs).padStart(8)} ms  ${place.padEnd(width)}  ${kind} ${detail}`.trimEnd(),
    )
    .join('\n');
}
/** Bytes for people: `3 bytes "abc"`. */
export function showBytes(bytes) {
  return `${bytes.length} byte${bytes.length === 1 ? '' : 's'} ${quoteBytes(bytes)}`;
}
/** `3 of 4 bytes: "abc", not yet "d"`. */
export function shortened(bytes, got, size) {
  const [now, later] = [bytes.subarray(0, got), bytes.subarray(got, size)];
  return `${got} of ${size} bytes: ${quoteBytes(now)}, not yet ${quoteBytes(later)}`;
}
/** The first bytes, in quotes: `"abc"`. */
export function quoteBytes(bytes) {
  const text = Array.from(bytes.subarray(0, 24), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
  return `"${text}${bytes.length > 24 ? '…' : ''}"`;
}
