import { type Address } from '../core/index.ts';
import { EventSource } from './task.ts';
/**
 * What programs find that look at `socket._handle` or `server._handle`: addresses, options and references as Node's native handles
 * have them. There is no `isStreamBase`: nothing in Node may take it for a native stream.
 */
export declare abstract class HandleSurface extends EventSource {
  /** Cleared by `unref()`: a process does not wait for it. */
  isRef: boolean;
  abstract readonly localAddress: Address | null;
  /** No descriptor is under it. */
  get fd(): number;
  ref(): void;
  unref(): void;
  hasRef(): boolean;
  getAsyncId(): number;
  /** Fills `out` with address, family and port. Returns 0, or a negative number if there is no address. */
  getsockname(out: object): number;
}
/** What a native handle's `getsockname` and `getpeername` do. */
export declare function describeAddress(address: Address | null, out: object): number;
