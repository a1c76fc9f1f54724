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
export declare class Trace {
  readonly events: TraceEvent[];
  readonly deviations: Deviation[];
  record(atMs: number, place: string, kind: string, detail?: string): void;
}
/** One line an event, in columns. */
export declare function formatTrace(events: readonly TraceEvent[]): string;
/** Bytes for people: `3 bytes "abc"`. */
export declare function showBytes(bytes: Uint8Array): string;
/** `3 of 4 bytes: "abc", not yet "d"`. */
export declare function shortened(bytes: Uint8Array, got: number, size: number): string;
/** The first bytes, in quotes: `"abc"`. */
export declare function quoteBytes(bytes: Uint8Array): string;
