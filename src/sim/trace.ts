import { checkList } from '../core/arguments.ts';

/** One thing that happened, in virtual time. */
export interface TraceEvent {
  readonly atMs: number;
  /** Where: `client → server`, or a host's name. */
  readonly place: string;
  /** What: `data`, `end`, `reset`, `connect`, `turn`, `timer` … */
  readonly kind: string;
  /** The rest, for people: `4 bytes "ping"`. */
  readonly detail: string;
}

/** A deviation from the perfect network, as a sentence. */
export interface Deviation {
  /** Its place in the schedule. */
  readonly decision: number;
  readonly atMs: number;
  readonly text: string;
}

/** What is noted of one run when somebody wants to read it. Runs of a search have none. */
export class Trace {
  readonly events: TraceEvent[] = [];
  readonly deviations: Deviation[] = [];

  record(atMs: number, place: string, kind: string, detail = ''): void {
    this.events.push({ atMs, place, kind, detail });
  }
}

/** One line an event, in columns. */
export function formatTrace(events: readonly TraceEvent[]): string {
  checkList('events', events);
  const width = Math.max(0, ...events.map((event) => event.place.length));
  return events
    .map(({ atMs, place, kind, detail }) =>
      `${String(atMs).padStart(8)} ms  ${place.padEnd(width)}  ${kind} ${detail}`.trimEnd(),
    )
    .join('\n');
}

/** Bytes for people: `3 bytes "abc"`. */
export function showBytes(bytes: Uint8Array): string {
  return `${bytes.length} byte${bytes.length === 1 ? '' : 's'} ${quoteBytes(bytes)}`;
}

/** `3 of 4 bytes: "abc", not yet "d"`. */
export function shortened(bytes: Uint8Array, got: number, size: number): string {
  const [now, later] = [bytes.subarray(0, got), bytes.subarray(got, size)];
  return `${got} of ${size} bytes: ${quoteBytes(now)}, not yet ${quoteBytes(later)}`;
}

/** The first bytes, in quotes: `"abc"`. */
export function quoteBytes(bytes: Uint8Array): string {
  const text = Array.from(bytes.subarray(0, 24), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
  return `"${text}${bytes.length > 24 ? '…' : ''}"`;
}
