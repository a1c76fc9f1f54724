import type { Host } from '../host.ts';
import type { HostOptions } from '../simulation-options.ts';
/** The addresses of a host that is being made as the `number`-th, counted from 1. Throws on what no host can have. */
export declare function hostAddresses(
  name: string,
  options: HostOptions,
  number: number,
): [string, ...string[]];
/** A host that is asked for again, with addresses, must have them. */
export declare function checkSameAddresses(host: Host, options: HostOptions): void;
