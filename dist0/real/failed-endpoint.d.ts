import type { TransportError } from '../core/errors.ts';
import { type Endpoint, type Watcher, WOULD_BLOCK } from '../core/transport.ts';
import type { RealContext } from './real-context.ts';
/** An endpoint of something that could not be opened: it only tells why, and not before the call that made it returned. */
export declare class FailedEndpoint implements Endpoint {
  readiness: number;
  watcher: Watcher | null;
  readonly localAddress: null;
  readonly remoteAddress: null;
  private error;
  constructor(context: RealContext, error: TransportError);
  recv(): typeof WOULD_BLOCK;
  send(): number;
  shutdownWrite(): void;
  takeError(): TransportError | null;
  abort(): void;
  close(): void;
}
