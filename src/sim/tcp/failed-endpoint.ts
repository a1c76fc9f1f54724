import type { TransportError } from '../../core/errors.ts';
import { type Endpoint, Readiness, type Received, type Watcher, WOULD_BLOCK } from '../../core/transport.ts';

/** An endpoint that never comes to be: it reports one error, and then nothing. */
export class FailedEndpoint implements Endpoint {
  readiness = 0;
  watcher: Watcher | null = null;
  readonly localAddress = null;
  readonly remoteAddress = null;
  private failure: TransportError | null = null;
  private isClosed = false;

  fail(error: TransportError): void {
    if (this.isClosed) return;
    this.failure = error;
    this.readiness = Readiness.FAILED;
    this.watcher?.onReadiness();
  }

  recv(): Received {
    return WOULD_BLOCK;
  }

  send(): number {
    return 0;
  }

  shutdownWrite(): void {}

  abort(): void {
    this.close();
  }

  takeError(): TransportError | null {
    const { failure } = this;
    this.failure = null;
    this.readiness = 0;
    return failure;
  }

  close(): void {
    this.isClosed = true;
    this.readiness = 0;
    this.watcher = null;
  }
}
