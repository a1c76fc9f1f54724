import { AsyncResource } from 'node:async_hooks';
import type { Watcher } from '../core/index.ts';
/** A source's watcher that does its work from the event loop. */
export declare abstract class EventSource extends AsyncResource implements Watcher {
  private isServiceDue;
  private readonly runService;
  /** Told by the transport, possibly inside a call of this very socket: it only asks for service. */
  onReadiness(): void;
  /** Looks at the source's readiness and calls back; called from the event loop. */
  protected abstract serve(): void;
  protected requestService(): void;
  /** Like `requestService`, after the nextTick callbacks and promise jobs that are queued now: what Node drains between callbacks. */
  protected requestServiceLater(): void;
  /** Like `requestService`, in the event loop's next round: after the immediates that the current callback still makes, too. */
  protected requestServiceNextRound(): void;
  /** Calls back once the current callback and all that it queued is done, in this source's async context. */
  defer(callback: () => void): void;
  /**
   * Like `defer`, after the nextTick callbacks and promise jobs that are queued now, and those that they queue: Node drains them
   * all before it looks further. What goes back and forth between the two more often than this is not waited for.
   */
  protected deferLater(callback: () => void, rounds?: number): void;
  /**
   * Calls back in the event loop's closing phase: after everything that is queued now, and after the immediates that the current
   * callback still makes.
   */
  protected deferToEnd(callback: () => void): void;
}
/** `callback`, called from the event loop and in the async context of now, whoever calls the function that this gives. */
export declare function asTask<Args extends unknown[]>(
  kind: string,
  callback: (...args: Args) => void,
): (...args: Args) => void;
