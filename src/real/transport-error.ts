import { isIP } from 'node:net';
import { type Address, isUnixAddress } from '../core/address.ts';
import { TransportError } from '../core/errors.ts';

/** What Node reports, as a TransportError aimed at `target` where Node does not say at what. */
export function toTransportError(error: unknown, syscall: string, target: Address | null): TransportError {
  if (error instanceof TransportError) return error;
  const known = (error ?? {}) as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
    hostname?: string;
  };
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
