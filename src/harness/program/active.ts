// What is installed and running in this process: one at a time, since the built-in modules and globals are one.
import type { Clock } from '../../core/index.ts';
import type { NetHost } from '../../net/index.ts';
import type { DatagramWorld } from './datagrams/handle.ts';
import type { Quiet } from './quiet.ts';

/** Where a program's timers, sockets and datagrams are. */
export interface TimeLine {
  /** The host of the code that is running, for sockets and servers. */
  netHost(): NetHost;
  /** The same, for datagrams. */
  readonly datagrams: DatagramWorld;
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
  /** What it is set on; null on real time. */
  readonly clock: Clock | null;
  hasRef(): boolean;
  /** How often its callback has run. */
  readonly fireCount: number;
  /** Whether it fires once, and soon or for a library: something that is being finished. */
  readonly isPassing: boolean;
  /** Whether nobody waits for it, and it fires once, and soon: a library's own clock. */
  readonly isHousekeeping: boolean;
  /** Fires now. */
  hurry(): void;
  /** Such as `setTimeout of 30000 ms at client.ts:12`. */
  describe(): string;
  /** Takes it off the line without clearing it: its owner may keep it, and set it anew in another test. */
  suspend(): void;
}

export const active: {
  line: TimeLine | null;
  quiet: Quiet | null;
  /** The body that is under way. */
  run: { abort(reason: unknown): void } | null;
  /** Settles when the program that is under way is over, and taken out. */
  program: Promise<void> | null;
  /** Takes the program out at once whose run was ended from outside, and which is about to do so itself. */
  evict: (() => void) | null;
  /** How often everything that was under way was given up. */
  abandoned: number;
  /** The call site of the installation. */
  installedAt: string | null;
  /** What is installed. */
  installation: { remove(): void } | null;
  /** Settles when those who wait for the process to be free are through. */
  lastInLine: Promise<unknown>;
} = {
  line: null,
  quiet: null,
  run: null,
  program: null,
  evict: null,
  abandoned: 0,
  installedAt: null,
  installation: null,
  lastInLine: Promise.resolve(),
};
