import { type Address } from '../../core/address.ts';
import { type ErrorTarget, TransportError } from '../../core/errors.ts';
import type { ConnectOptions, Endpoint, ResolvedAddress } from '../../core/transport.ts';
import type { Host } from '../host.ts';
/** Throws ArgumentError. */
export declare function checkConnectOptions(options: ConnectOptions): void;
/** Begins a connection of `host`. Whatever comes of it arrives as readiness. */
export declare function dial(host: Host, remote: Address, options: ConnectOptions): Endpoint;
/**
 * The addresses of a name on `host`, in the order in which to try them, or Node's code of why there are none. `localhost` is
 * 127.0.0.1, then ::1.
 */
export declare function lookUp(host: Host, name: string, family: 0 | 4 | 6): readonly string[] | string;
/** `Transport.resolve` of `host`. */
export declare function resolveOn(
  host: Host,
  query: {
    readonly name: string;
    readonly family: 0 | 4 | 6;
  },
  callback: (error: TransportError | null, addresses: readonly ResolvedAddress[]) => void,
): void;
/** An endpoint that fails with `code` before long. */
export declare function failingEndpoint(host: Host, code: string, target: ErrorTarget): Endpoint;
