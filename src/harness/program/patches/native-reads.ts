// Node runs what was put off by nextTick after each callback of native code. Where native code is fed from JavaScript, as TLS and
// HTTP/2 over a façade socket are, its callbacks come in one go instead, and a response and its body would be told in the other
// order. Here what one callback has put off is run before the next brings data, as over a native handle.
import { AsyncResource } from 'node:async_hooks';

/** What native code over a façade socket is fed with. */
export interface FedHandle {
  readBuffer(bytes: Buffer): void;
  emitEOF(): void;
  finishWrite(write: object, code: number): void;
}

interface HasPush {
  push(chunk: unknown, encoding?: BufferEncoding): boolean;
}

type Callback = (...args: unknown[]) => void;

const { nextTick } = process;

/** The reads of one installation's native streams. */
export class NativeReads {
  /** What was put off since native code began to be fed; null while it is not. */
  private putOff: (() => void)[] | null = null;
  private isRunning = false;

  /** Has `handle` take one piece at a time: what is put off may lead to the next one. `afterRead` is called after each. */
  feedInTurn(handle: FedHandle, afterRead: () => void): void {
    const { readBuffer, emitEOF } = handle;
    const waiting: Buffer[] = [];
    let isReading = false;
    let hasEnded = false;
    const readAll = (): void => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        readBuffer.call(handle, next);
        afterRead();
      }
    };
    handle.readBuffer = (bytes) => {
      waiting.push(bytes);
      if (isReading) return;
      isReading = true;
      try {
        this.gathering(readAll);
      } finally {
        isReading = false;
      }
      if (hasEnded) emitEOF.call(handle);
    };
    handle.emitEOF = () => {
      if (isReading) hasEnded = true;
      else emitEOF.call(handle);
    };
  }

  /**
   * A stream's `push` as native code calls it: what the callback before has put off comes first. Not before the end of the stream:
   * that Node tells in the middle of a callback that has looked at the stream already.
   */
  pushInTurn(push: HasPush['push']): HasPush['push'] {
    const runPutOff = (): void => this.runPutOff();
    return function (this: HasPush, chunk, encoding) {
      if (chunk !== null) runPutOff();
      return Reflect.apply(push, this, [chunk, encoding]);
    };
  }

  /** Runs `feed`, and gathers what is put off meanwhile; what is left of it in the end comes where it would have come. */
  private gathering(feed: () => void): void {
    // Inside another one, or under a test's own nextTick.
    if (process.nextTick !== nextTick) {
      feed();
      return;
    }
    const putOff: (() => void)[] = [];
    this.putOff = putOff;
    process.nextTick = this.gather;
    try {
      feed();
    } finally {
      process.nextTick = nextTick;
      this.putOff = null;
      for (const run of putOff) nextTick(run);
    }
  }

  /** `process.nextTick` for the time being. Somebody may keep it for longer. */
  private readonly gather = (callback: Callback, ...args: unknown[]): void => {
    if (this.putOff === null || typeof callback !== 'function') {
      nextTick(callback, ...args);
      return;
    }
    const resource = new AsyncResource('TickObject');
    this.putOff.push(() => resource.runInAsyncScope(callback, undefined, ...args));
  };

  /** Runs what the callback before has put off. What that throws is an uncaught exception, as it would be from the event loop. */
  runPutOff(): void {
    const { putOff } = this;
    if (putOff === null || this.isRunning) return;
    this.isRunning = true;
    for (let run = putOff.shift(); run !== undefined; run = putOff.shift()) {
      try {
        run();
      } catch (error) {
        nextTick(() => {
          throw error;
        });
      }
    }
    this.isRunning = false;
  }
}
