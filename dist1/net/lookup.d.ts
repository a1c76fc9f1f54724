import type { NetHost } from './context.ts';
import { type SystemError } from './node-errors.ts';
import type { OpenHandle } from './open-handle.ts';
export interface LookupOptions {
  family?: number | 'IPv4' | 'IPv6';
  hints?: number;
  all?: boolean;
}
export interface LookupAddress {
  address: string;
  family: number;
}
export type LookupCallback = (
  error: SystemError | null,
  address?: string | LookupAddress[],
  family?: number,
) => void;
export type Lookup = (hostname: string, options: LookupOptions, callback: LookupCallback) => void;
/** `dns.lookup(hostname, [options], callback)` answered by `host`'s transport; throws on arguments that dns.lookup refuses. */
export declare function createLookup(
  host: () => NetHost,
  openHandles: Set<OpenHandle>,
): (hostname: string, options: unknown, callback?: unknown) => void;
