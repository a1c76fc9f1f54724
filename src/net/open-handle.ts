/** A socket or server that is open, for whoever wants to know what keeps a program alive, or what a test forgot. */
export interface OpenHandle {
  readonly kind: 'socket' | 'server' | 'lookup';
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

/** The call stack above `callee`, without its first line. */
export function captureOrigin(callee: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, callee);
  return holder.stack?.slice(holder.stack.indexOf('\n') + 1);
}
