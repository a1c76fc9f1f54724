import { checkDuration, checkInteger } from './arguments.js';
/** One run of `Reactor.loop()`: when it ends, and how. */
export class Loop {
  constructor(reactor, options, onOver) {
    this.isOver = false;
    this.isStopping = false;
    this.timer = null;
    this.abort = () => this.fail(this.options.signal?.reason);
    if (options.timeoutMs !== undefined) checkDuration('timeoutMs', options.timeoutMs);
    this.remaining =
      options.count === undefined ? Number.POSITIVE_INFINITY : checkInteger('count', options.count, 0);
    this.reactor = reactor;
    this.options = options;
    this.onOver = onOver;
    this.finished = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    if (options.signal?.aborted) this.abort();
    else if (reactor.size === 0 || this.remaining === 0) this.end();
    else {
      options.signal?.addEventListener('abort', this.abort, { once: true });
      this.armTimeout();
    }
  }
  afterTurn() {
    this.remaining -= 1;
    if (this.reactor.size === 0 || this.remaining <= 0 || this.isStopping) this.end();
    else this.armTimeout();
  }
  stop(isTurning) {
    if (isTurning) this.isStopping = true;
    else this.end();
  }
  fail(error) {
    if (this.isOver) return;
    this.release();
    this.settle.reject(error);
  }
  end() {
    this.release();
    this.settle.resolve();
  }
  release() {
    this.isOver = true;
    this.timer?.cancel();
    this.options.signal?.removeEventListener('abort', this.abort);
    this.onOver();
  }
  armTimeout() {
    if (this.options.timeoutMs === undefined) return;
    this.timer?.cancel();
    this.timer = this.reactor.clock.setTimer(this.options.timeoutMs, () => this.reactor.requestTurn());
  }
}
