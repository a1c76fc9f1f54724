// Node runs what was put off by nextTick after each callback of native code. Where native code is fed from JavaScript, as TLS and
// HTTP/2 over a façade socket are, its callbacks come in one go instead, and a response and its body would be told in the other
// order. Here what one callback has put off is run before the next brings data, as over a native handle.
import { AsyncResource } from 'node:async_hooks';

const { nextTick } = process;
/** The reads of one installation's native streams. */
export class NativeReads {
  constructor() {
    /** What was put off since native code began to be fed; null while it is not. */
    this.putOff = null;
    this.isRunning = false;
    /** `process.nextTick` for the time being. Somebody may keep it for longer. */
    this.gather = (callback, ...args) => {
      if (this.putOff === null || typeof callback !== 'function') {
        nextTick(callback, ...args);
        return;
      }
      const resource = new AsyncResource('TickObject');
      this.putOff.push(() => resource.runInAsyncScope(callback, undefined, ...args));
    };
  }
  /** Has `handle` take one piece at a time: what is put off may lead to the next one. `afterRead` is called after each. */
  feedInTurn(handle, afterRead) {
    const { readBuffer, emitEOF } = handle;
    const waiting = [];
    let isReading = false;
    let hasEnded = false;
    const readAll = () => {
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
  pushInTurn(push) {
    const runPutOff = () => this.runPutOff();
    return function (chunk, encoding) {
      if (chunk !== null) runPutOff();
      return Reflect.apply(push, this, [chunk, encoding]);
    };
  }
  /** Runs `feed`, and gathers what is put off meanwhile; what is left of it in the end comes where it would have come. */
  gathering(feed) {
    // Inside another one, or under a test's own nextTick.
    if (process.nextTick !== nextTick) {
      feed();
      return;
    }
    const putOff = [];
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
  /** What a callback throws is an uncaught exception, as it would be from the event loop. */
  runPutOff() {
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
