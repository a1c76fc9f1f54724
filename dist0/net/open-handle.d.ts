import type { Clock } from '../core/index.ts';
/** A socket or server that is open, for whoever wants to know what keeps a program alive, or what a test forgot. */
export interface OpenHandle {
  readonly kind: 'socket' | 'server' | 'lookup';
  /** The machine it is on. */
  readonly clock: Clock;
  /**
   * Whether a process would wait for it: it listens, dials, reads or still writes, and nobody called `unref()`. (libuv's
   * "active and referenced": a paused socket keeps no process alive.)
   */
  readonly keepsAlive: boolean;
  /** The stack of the call that opened it, if the module was made with `tracksOrigins`. */
  readonly origin: string | undefined;
  /** Such as `socket 10.0.0.2:49152 → 10.0.0.1:80`. */
  describe(): string;
  /** Closes it at once: a socket by reset. */
  dispose(): void;
}
/** Where something was opened; the text is made when it is asked for, which few are. */
export interface Origin {
  readonly stack?: string;
}
/** The call stack above `callee`. */
export declare function captureOrigin(callee: (...args: never[]) => unknown): Origin;
