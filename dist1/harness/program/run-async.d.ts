import type { Simulation } from '../../sim/index.ts';
export interface RunAsyncOptions {
  /** Virtual time the body may take. Default 3,600,000: an hour. */
  readonly timeoutMs?: number;
  /** Real time the body may take. Default 30,000. */
  readonly realTimeoutMs?: number;
  /** Whether virtual time may move though a worker or message port might be about to send something. Default false. */
  readonly allowThreads?: boolean;
  /** What is open at the moment, one line each, for messages. */
  readonly describeOpen?: () => readonly string[];
  /** Once the body has settled: whether connections are still closing, and events are to be taken for `graceMs` at most. */
  readonly isClosing?: () => boolean;
  /** Default 600,000: a storm stalls a connection for minutes. */
  readonly graceMs?: number;
  /** Ends the run with ERR_ABORTED: the test that it belongs to is over. */
  readonly signal?: AbortSignal;
}
/** What runAsync takes besides from those who install for it. */
export interface RunAsyncSettings extends RunAsyncOptions {
  /** Called at once when the run is ended from outside. */
  readonly onAborted?: () => void;
}
/**
 * Runs an asynchronous body on the simulation, and gives what it gives. Virtual time moves only when JavaScript has
 * nothing left to do. Rejects with what the body, an invariant or an uncaught exception threw; with ERR_NEVER_SETTLES
 * when nothing is left that could happen; with ERR_VIRTUAL_TIMEOUT after `timeoutMs`.
 */
export declare function runAsync<T>(
  sim: Simulation,
  body: () => T | Promise<T>,
  options?: RunAsyncSettings,
): Promise<T>;
/** Has virtual time stand still until the function that this gives is called. For work that cannot be seen. */
export declare function hold(reason?: string): () => void;
/** Has virtual time stand still until `promise` settles, and gives it back: `await track(worker.call())`. */
export declare function track<T>(promise: Promise<T>): Promise<T>;
