import type { TransportError } from '../../core/errors.ts';
import { type Endpoint, type Received, type Watcher } from '../../core/transport.ts';
/** An endpoint that never comes to be: it reports one error, and then nothing. */
export declare class FailedEndpoint implements Endpoint {
  readiness: number;
  watcher: Watcher | null;
  readonly localAddress: null;
  readonly remoteAddress: null;
  private failure;
  private isClosed;
  fail(error: TransportError): void;
  recv(): Received;
  send(): number;
  shutdownWrite(): void;
  abort(): void;
  takeError(): TransportError | null;
  close(): void;
}
