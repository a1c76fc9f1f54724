import { Readiness, WOULD_BLOCK } from '../../core/transport.js';
/** An endpoint that never comes to be: it reports one error, and then nothing. */
export class FailedEndpoint {
  constructor() {
    this.readiness = 0;
    this.watcher = null;
    this.localAddress = null;
    this.remoteAddress = null;
    this.failure = null;
    this.isClosed = false;
  }
  fail(error) {
    if (this.isClosed) return;
    this.failure = error;
    this.readiness = Readiness.FAILED;
    this.watcher?.onReadiness();
  }
  recv() {
    return WOULD_BLOCK;
  }
  send() {
    return 0;
  }
  shutdownWrite() {}
  abort() {
    this.close();
  }
  takeError() {
    const { failure } = this;
    this.failure = null;
    this.readiness = 0;
    return failure;
  }
  close() {
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
  }
}
