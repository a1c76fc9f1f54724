import { type NetModule, type NetOptions, type OpenHandle } from '../../net/index.ts';
import type { Simulation } from '../../sim/index.ts';
import { type PendingTimer } from './active.ts';
import { type Sent } from './wire.ts';
export interface InstallOptions {
  /** The host on which code runs unless `host.run` says otherwise. Default `app`. */
  readonly host?: string;
  /** What Date reads at virtual time 0. Default: 2026-01-01T00:00:00Z, so that two runs read the same. */
  readonly startMs?: number;
  /** The file system in which Unix-domain sockets appear as files: `node:fs`, or a host's volume. Default: none. */
  readonly files?: NetOptions['files'];
  /** Seeds Math.random and node:crypto's random functions. Default 1; false leaves them real. */
  readonly entropySeed?: number | false;
  /** Whether to note everything that is sent, for comparing runs. Default false. */
  readonly notesSends?: boolean;
}
/** A simulation under Node's own modules. */
export interface Installation {
  readonly sim: Simulation;
  /** The façade that node:net is at present. */
  readonly net: NetModule;
  /** Everything sent so far, in order, if `notesSends` was asked for. */
  readonly sent: readonly Sent[];
  /** Calls of things outside the simulation that were refused. */
  readonly escapes: readonly string[];
  /** Sockets and servers that are open. */
  openHandles(): OpenHandle[];
  /** Timers that are set. */
  pendingTimers(): PendingTimer[];
  /** What would keep a process alive: sockets, servers and timers, a line each, with where they were made. */
  describeOpen(): string[];
  /** Closes what is open, by reset, and takes timers off the line; those that nobody waits for, and that are soon due, fire first. */
  disposeAll(): void;
  /** Takes it out. Idempotent. */
  remove(): void;
}
/**
 * Has node:net, dns, timers and Date, and with them http, https, http2, tls, fetch and every library, live on `sim`
 * until `remove()`. Throws ERR_INSTALLED if something is installed already.
 */
export declare function install(sim: Simulation, options?: InstallOptions): Installation;
