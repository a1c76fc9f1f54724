import { type Address } from '../core/address.ts';
import { TransportError } from '../core/errors.ts';
/** What Node reports, as a TransportError aimed at `target` where Node does not say at what. */
export declare function toTransportError(
  error: unknown,
  syscall: string,
  target: Address | null,
): TransportError;
