import { isIP } from 'node:net';
import { isUnixAddress } from '../core/address.js';
import { TransportError } from '../core/errors.js';
/** What Node reports, as a TransportError aimed at `target` where Node does not say at what. */
export function toTransportError(error, syscall, target) {
  if (error instanceof TransportError) return error;
  const known = error ?? {};
  const code = known.code ?? 'EIO';
  const attempt = known.syscall ?? syscall;
  if (target !== null && isUnixAddress(target)) {
    return new TransportError(code, { syscall: attempt, path: target.path });
  }
  const address = known.address ?? known.hostname ?? target?.host;
  const isResolved = address !== undefined && isIP(address) !== 0;
  const port = known.port ?? (isResolved || known.hostname === undefined ? target?.port : undefined);
  return new TransportError(code, { syscall: attempt, address, port });
}
