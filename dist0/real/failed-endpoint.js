import { Readiness, WOULD_BLOCK } from '../core/transport.js';
import { runSoon } from './system-clock.js';
/** An endpoint of something that could not be opened: it only tells why, and not before the call that made it returned. */
export class FailedEndpoint {
  constructor(context, error) {
    this.readiness = 0;
    this.watcher = null;
    this.localAddress = null;
    this.remoteAddress = null;
    this.error = error;
    runSoon(() => {
      if (this.error === null) return;
      context.driver.enter();
      this.readiness = Readiness.FAILED;
      this.watcher?.onReadiness();
      context.driver.leave();
    });
  }
  recv() {
    return WOULD_BLOCK;
  }
  send() {
    return 0;
  }
  shutdownWrite() {}
  takeError() {
    const { error } = this;
    this.close();
    return error;
  }
  abort() {
    this.close();
  }
  close() {
    this.error = null;
    this.readiness = 0;
    this.watcher = null;
  }
}
