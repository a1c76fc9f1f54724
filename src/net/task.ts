// Where the network's news enters JavaScript. News never arrives inside a caller's connect or write, a handler's
// exception is the process's uncaughtException, and each socket keeps the async context in which it was made:
// as with libuv's callbacks.
import { AsyncResource } from 'node:async_hooks';
import type { Watcher } from '../core/index.ts';

// Taken at load: the fake timers of a test must not stop the façade.
const { setImmediate: runAfterEvents, queueMicrotask: runAfterJobs } = globalThis;

/** A loop over a stream that has ended takes two of them to destroy it. */
const DRAINING_ROUNDS = 3;

/** Services that wait until what runs between two callbacks is done; null while nothing does. */
const waiting: { services: (() => void)[] | null } = { services: null };

/**
 * Runs what JavaScript has queued in the middle of a callback, as Node does between two callbacks of native code. The network's news
 * waits. `runQueued` does not throw.
 */
export function betweenCallbacks(runQueued: () => void): void {
  if (waiting.services !== null) return;
  const services: (() => void)[] = [];
  waiting.services = services;
  try {
    runQueued();
  } finally {
    waiting.services = null;
    for (const serve of services) process.nextTick(serve);
  }
}

/** A source's watcher that does its work from the event loop. */
export abstract class EventSource extends AsyncResource implements Watcher {
  private isServiceDue = false;
  private readonly runService = (): void => {
    if (waiting.services !== null) {
      waiting.services.push(this.runService);
      return;
    }
    this.isServiceDue = false;
    this.runInAsyncScope(this.serve, this);
  };

  /** Told by the transport, possibly inside a call of this very socket: it only asks for service. */
  onReadiness(): void {
    this.requestService();
  }

  /** Looks at the source's readiness and calls back; called from the event loop. */
  protected abstract serve(): void;

  protected requestService(): void {
    if (this.isServiceDue) return;
    this.isServiceDue = true;
    process.nextTick(this.runService);
  }

  /** Like `requestService`, after the nextTick callbacks and promise jobs that are queued now: what Node drains between callbacks. */
  protected requestServiceLater(): void {
    if (this.isServiceDue) return;
    this.isServiceDue = true;
    runAfterJobs(() => process.nextTick(this.runService));
  }

  /** Like `requestService`, in the event loop's next round: after the immediates that the current callback still makes, too. */
  protected requestServiceNextRound(): void {
    if (this.isServiceDue) return;
    this.isServiceDue = true;
    process.nextTick(() => runAfterEvents(this.runService));
  }

  /** Calls back once the current callback and all that it queued is done, in this source's async context. */
  defer(callback: () => void): void {
    process.nextTick(() => this.runInAsyncScope(callback));
  }

  /**
   * Like `defer`, after the nextTick callbacks and promise jobs that are queued now, and those that they queue: Node drains them
   * all before it looks further. What goes back and forth between the two more often than this is not waited for.
   */
  protected deferLater(callback: () => void, rounds = DRAINING_ROUNDS): void {
    if (rounds === 0) this.defer(callback);
    else runAfterJobs(() => process.nextTick(() => this.deferLater(callback, rounds - 1)));
  }

  /**
   * Calls back in the event loop's closing phase: after everything that is queued now, and after the immediates that the current
   * callback still makes.
   */
  protected deferToEnd(callback: () => void): void {
    process.nextTick(() => runAfterEvents(() => this.runInAsyncScope(callback)));
  }
}

/** `callback`, called from the event loop and in the async context of now, whoever calls the function that this gives. */
export function asTask<Args extends unknown[]>(
  kind: string,
  callback: (...args: Args) => void,
): (...args: Args) => void {
  const resource = new AsyncResource(kind);
  return (...args) => {
    process.nextTick(() => resource.runInAsyncScope(callback, undefined, ...args));
  };
}
