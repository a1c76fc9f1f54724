// What a host's kernel can run out of: descriptors, memory, ports. Made when somebody limits something.
import { checkInteger, checkOptions } from '../core/arguments.ts';
import { ArgumentError } from '../core/errors.ts';
import type { Host } from './host.ts';

/** `socket`: connect, listen and open; `accept`: taking a connection that waits. */
export type FailingCall = 'socket' | 'accept';

/**
 * Why a call can fail: no descriptor left in the process (EMFILE) or the system (ENFILE), no memory (ENOBUFS, ENOMEM);
 * for accept also a connection that has died while it waited (ECONNABORTED). See socket(2) and accept(2).
 */
export type ResourceError = 'EMFILE' | 'ENFILE' | 'ENOBUFS' | 'ENOMEM' | 'ECONNABORTED';

const CODES: readonly string[] = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'ECONNABORTED'];

export class Resources {
  private readonly host: Host;
  private descriptorsMax = Number.POSITIVE_INFINITY;
  private firstFreePort = 0;
  /** Codes of the calls to come, by kind, first in front. */
  private readonly failures: Record<FailingCall, ResourceError[]> = { socket: [], accept: [] };

  constructor(host: Host) {
    this.host = host;
  }

  /** How many descriptors its programs hold: connections, listeners and open files. */
  get descriptorsUsed(): number {
    const { openEndpoints, listeners, openFiles } = this.host;
    let used = openEndpoints.size + listeners.length + openFiles;
    for (const listener of listeners) used -= listener.waitingCount;
    return used;
  }

  /** As RLIMIT_NOFILE (getrlimit(2)): with so many open, what needs one more is EMFILE. Infinity: no limit, the default. */
  limitDescriptors(max: number): this {
    if (max !== Number.POSITIVE_INFINITY) checkInteger('max', max, 0);
    this.descriptorsMax = max;
    return this.changed();
  }

  /** Lets the next `count` calls fail with `code`. Default 1. A connection that was not accepted waits on, but for ECONNABORTED. */
  failNext(call: FailingCall, code: ResourceError, count = 1): this {
    if (call !== 'socket' && call !== 'accept')
      throw new ArgumentError('ERR_INVALID_ARG_VALUE', `call must be socket or accept, got ${String(call)}`);
    if (!CODES.includes(code) || (call === 'socket' && code === 'ECONNABORTED'))
      throw new ArgumentError('ERR_INVALID_ARG_VALUE', `${call} does not fail with ${String(code)}`);
    checkInteger('count', count, 1);
    for (let index = 0; index < count; index += 1) this.failures[call].push(code);
    return this.changed();
  }

  /** The ports given to connections and listeners that name none, both included. Default 32768 to 60999 (ip(7), ip_local_port_range). */
  limitPorts(range: { readonly first: number; readonly last: number }): this {
    checkOptions('range', range);
    checkInteger('first', range.first, 1, 65535);
    checkInteger('last', range.last, range.first, 65535);
    this.host.ports.limit(range.first, range.last);
    return this.changed();
  }

  /** Ports below this one are EACCES for listeners: 1024 for a program without privileges. Default 0 (ip(7), ip_unprivileged_port_start). */
  reservePortsBelow(port: number): this {
    this.firstFreePort = checkInteger('port', port, 0, 65536);
    return this.changed();
  }

  /** @internal The code of what forbids another descriptor, or null. */
  whyNoSocket(): string | null {
    if (this.failures.socket.length > 0) return this.failures.socket.shift()!;
    return this.descriptorsUsed >= this.descriptorsMax ? 'EMFILE' : null;
  }

  /** @internal The code of what forbids to accept, or null. */
  whyNotAccept(): string | null {
    if (this.failures.accept.length > 0) return this.failures.accept.shift()!;
    return this.descriptorsUsed >= this.descriptorsMax ? 'EMFILE' : null;
  }

  /** @internal */
  isReserved(port: number): boolean {
    return port > 0 && port < this.firstFreePort;
  }

  /** @internal Its state as text, for merging equal states. */
  stateText(): string {
    const { socket, accept } = this.failures;
    return `${this.descriptorsMax},${this.firstFreePort},${socket.join()},${accept.join()}${this.host.ports.stateText()}`;
  }

  private changed(): this {
    this.host.network.notePlan();
    return this;
  }
}
