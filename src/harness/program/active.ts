// What is installed and running in this process: one at a time, since the built-in modules and globals are one.
import type { Clock } from '../../core/index.ts';
import type { Quiet } from './quiet.ts';

/** Where a program's timers stand. */
export interface TimeLine {
  /** The clock of the host whose code is running. */
  clock(): Clock;
  /** What Date reads. */
  dateMs(): number;
  /** What performance.now() reads. */
  uptimeMs(): number;
  /** Throws ERR_TIMERS_REPLACED if somebody has taken the program's timers off the line. */
  expectTimers(): void;
  /** Timers that are set, in the order in which they were made. */
  readonly pending: Set<PendingTimer>;
  /** Counts the timers made, for their numbers. */
  timers: number;
}

/** A timer that is set, for whoever wants to know what a program waits for or has forgotten. */
export interface PendingTimer {
  hasRef(): boolean;
  /** Whether its callback has run. */
  readonly hasFired: boolean;
  /** Whether it fires once, and soon or for a library: something that is being finished. */
  readonly isPassing: boolean;
  /** Such as `setTimeout of 30000 ms at client.ts:12`. */
  describe(): string;
  /** Takes it off the line without clearing it: its owner may keep it, and set it anew in another test. */
  suspend(): void;
}

export const active: {
  line: TimeLine | null;
  quiet: Quiet | null;
  /** The call site of the installation. */
  installedAt: string | null;
  /** Settles when those who wait for the process to be free are through. */
  lastInLine: Promise<unknown>;
} = { line: null, quiet: null, installedAt: null, lastInLine: Promise.resolve() };
