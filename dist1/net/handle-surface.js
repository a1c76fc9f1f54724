import { isUnixAddress } from '../core/index.js';
import { EventSource } from './task.js';
/**
 * What programs find that look at `socket._handle` or `server._handle`: addresses, options and references as Node's native handles
 * have them. There is no `isStreamBase`: nothing in Node may take it for a native stream.
 */
export class HandleSurface extends EventSource {
  constructor() {
    super(...arguments);
    /** Cleared by `unref()`: a process does not wait for it. */
    this.isRef = true;
  }
  /** No descriptor is under it. */
  get fd() {
    return -1;
  }
  ref() {
    this.isRef = true;
  }
  unref() {
    this.isRef = false;
  }
  hasRef() {
    return this.isRef;
  }
  getAsyncId() {
    return this.asyncId();
  }
  /** Fills `out` with address, family and port. Returns 0, or a negative number if there is no address. */
  getsockname(out) {
    return describeAddress(this.localAddress, out);
  }
}
/** What a native handle's `getsockname` and `getpeername` do. */
export function describeAddress(address, out) {
  if (address === null) return -1;
  if (isUnixAddress(address)) return 0;
  const { host, port } = address;
  Object.assign(out, { address: host, family: host.includes(':') ? 'IPv6' : 'IPv4', port });
  return 0;
}
