// Where the network's news enters JavaScript. News never arrives inside a caller's connect or write, a handler's
// exception is the process's uncaughtException, and each socket keeps the async context in which it was made:
// as with libuv's callbacks.
import { AsyncResource } from 'node:async_hooks';

// Taken at load: the fake timers of a test must not stop the façade.
const { setImmediate: runAfterEvents } = globalThis;
/** A loop over a stream that has ended takes two of them to destroy it. */
const DRAINING_ROUNDS = 3;
/** A source's watcher that does its work from the event loop. */
export class EventSource extends AsyncResource {
  constructor() {
    super(...arguments);
    this.isServiceDue = false;
    this.runService = () => {
      this.isServiceDue = false;
      this.runInAsyncScope(this.serve, this);
    };
  }
  /** Told by the transport, possibly inside a call of this very socket: it only asks for service. */
  onReadiness() {
    this.requestService();
  }
  requestService() {
    if (this.isServiceDue) return;
    this.isServiceDue = true;
    process.nextTick(this.runService);
  }
  /** Like `requestService`, after the nextTick callbacks and promise jobs that are queued now: what Node drains between callbacks. */
  requestServiceLater() {
    if (this.isServiceDue) return;
    this.isServiceDue = true;
    queueMicrotask(() => process.nextTick(this.runService));
  }
  /** Like `requestService`, in the event loop's next round: after the immediates that the current callback still makes, too. */
  requestServiceNextRound() {
    if (this.isServiceDue) return;
    this.isServiceDue = true;
    process.nextTick(() => runAfterEvents(this.runService));
  }
  /** Calls back once the current callback and all that it queued is done, in this source's async context. */
  defer(callback) {
    process.nextTick(() => this.runInAsyncScope(callback));
  }
  /**
   * Like `defer`, after the nextTick callbacks and promise jobs that are queued now, and those that they queue: Node drains them
   * all before it looks further. What goes back and forth between the two more often than this is not waited for.
   */
  deferLater(callback, rounds = DRAINING_ROUNDS) {
    if (rounds === 0) this.defer(callback);
    else queueMicrotask(() => process.nextTick(() => this.deferLater(callback, rounds - 1)));
  }
  /**
   * Calls back in the event loop's closing phase: after everything that is queued now, and after the immediates that the current
   * callback still makes.
   */
  deferToEnd(callback) {
    process.nextTick(() => runAfterEvents(() => this.runInAsyncScope(callback)));
  }
}
/** `callback`, called from the event loop and in the async context of now, whoever calls the function that this gives. */
export function asTask(kind, callback) {
  const resource = new AsyncResource(kind);
  return (...args) => {
    process.nextTick(() => resource.runInAsyncScope(callback, undefined, ...args));
  };
}
