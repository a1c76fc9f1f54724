import { type Address, isUnixAddress } from '../core/index.ts';
import { EventSource } from './task.ts';

/**
 * What programs find that look at `socket._handle` or `server._handle`: addresses, options and references as Node's native handles
 * have them. There is no `isStreamBase`: nothing in Node may take it for a native stream.
 */
export abstract class HandleSurface extends EventSource {
  /** Cleared by `unref()`: a process does not wait for it. */
  isRef = true;

  abstract readonly localAddress: Address | null;

  /** No descriptor is under it. */
  get fd(): number {
    return -1;
  }

  ref(): void {
    this.isRef = true;
  }

  unref(): void {
    this.isRef = false;
  }

  hasRef(): boolean {
    return this.isRef;
  }

  getAsyncId(): number {
    return this.asyncId();
  }

  /** Fills `out` with address, family and port. Returns 0, or a negative number if there is no address. */
  getsockname(out: object): number {
    return describeAddress(this.localAddress, out);
  }
}

/** What a native handle's `getsockname` and `getpeername` do. */
export function describeAddress(address: Address | null, out: object): number {
  if (address === null) return -1;
  if (isUnixAddress(address)) return 0;
  const { host, port } = address;
  Object.assign(out, { address: host, family: host.includes(':') ? 'IPv6' : 'IPv4', port });
  return 0;
}
