import type { TransportError } from '../core/errors.ts';
import { type Endpoint, Readiness, type Watcher, WOULD_BLOCK } from '../core/transport.ts';
import type { RealContext } from './real-context.ts';
import { runSoon } from './system-clock.ts';

/** An endpoint of something that could not be opened: it only tells why, and not before the call that made it returned. */
export class FailedEndpoint implements Endpoint {
  readiness = 0;
  watcher: Watcher | null = null;
  readonly localAddress = null;
  readonly remoteAddress = null;
  private error: TransportError | null;

  constructor(context: RealContext, error: TransportError) {
    this.error = error;
    runSoon(() => {
      if (this.error === null) return;
      context.driver.enter();
      this.readiness = Readiness.FAILED;
      this.watcher?.onReadiness();
      context.driver.leave();
    });
  }

  recv(): typeof WOULD_BLOCK {
    return WOULD_BLOCK;
  }

  send(): number {
    return 0;
  }

  shutdownWrite(): void {}

  takeError(): TransportError | null {
    const { error } = this;
    this.close();
    return error;
  }

  abort(): void {
    this.close();
  }

  close(): void {
    this.error = null;
    this.readiness = 0;
    this.watcher = null;
  }
}
