import type { Host } from './host.ts';
/** `socket`: connect, listen and open; `accept`: taking a connection that waits. */
export type FailingCall = 'socket' | 'accept';
/**
 * Why a call can fail: no descriptor left in the process (EMFILE) or the system (ENFILE), no memory (ENOBUFS, ENOMEM);
 * for accept also a connection that has died while it waited (ECONNABORTED). See socket(2) and accept(2).
 */
export type ResourceError = 'EMFILE' | 'ENFILE' | 'ENOBUFS' | 'ENOMEM' | 'ECONNABORTED';
export declare class Resources {
  private readonly host;
  private descriptorsMax;
  private firstFreePort;
  /** Codes of the calls to come, by kind, first in front. */
  private readonly failures;
  constructor(host: Host);
  /** How many descriptors its programs hold: connections, listeners and open files. */
  get descriptorsUsed(): number;
  /** As RLIMIT_NOFILE (getrlimit(2)): with so many open, what needs one more is EMFILE. Infinity: no limit, the default. */
  limitDescriptors(max: number): this;
  /** Lets the next `count` calls fail with `code`. Default 1. A connection that was not accepted waits on, but for ECONNABORTED. */
  failNext(call: FailingCall, code: ResourceError, count?: number): this;
  /** The ports given to connections and listeners that name none, both included. Default 32768 to 60999 (ip(7), ip_local_port_range). */
  limitPorts(range: { readonly first: number; readonly last: number }): this;
  /** Ports below this one are EACCES for listeners: 1024 for a program without privileges. Default 0 (ip(7), ip_unprivileged_port_start). */
  reservePortsBelow(port: number): this;
  /** @internal The code of what forbids another descriptor, or null. */
  whyNoSocket(): string | null;
  /** @internal The code of what forbids to accept, or null. */
  whyNotAccept(): string | null;
  /** @internal */
  isReserved(port: number): boolean;
  /** @internal Its state as text, for merging equal states. */
  stateText(): string;
  private changed;
}
