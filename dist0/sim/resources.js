// What a host's kernel can run out of: descriptors, memory, ports. Made when somebody limits something.
import { checkInteger, checkOptions } from '../core/arguments.js';
import { ArgumentError } from '../core/errors.js';

const CODES = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'ECONNABORTED'];
export class Resources {
  constructor(host) {
    this.descriptorsMax = Number.POSITIVE_INFINITY;
    this.firstFreePort = 0;
    /** Codes of the calls to come, by kind, first in front. */
    this.failures = { socket: [], accept: [] };
    this.host = host;
  }
  /** How many descriptors its programs hold: connections, listeners and open files. */
  get descriptorsUsed() {
    const { openEndpoints, listeners, openFiles } = this.host;
    let used = openEndpoints.size + listeners.length + openFiles;
    for (const listener of listeners) used -= listener.waitingCount;
    return used;
  }
  /** As RLIMIT_NOFILE (getrlimit(2)): with so many open, what needs one more is EMFILE. Infinity: no limit, the default. */
  limitDescriptors(max) {
    if (max !== Number.POSITIVE_INFINITY) checkInteger('max', max, 0);
    this.descriptorsMax = max;
    return this.changed();
  }
  /** Lets the next `count` calls fail with `code`. Default 1. A connection that was not accepted waits on, but for ECONNABORTED. */
  failNext(call, code, count = 1) {
    if (call !== 'socket' && call !== 'accept')
      throw new ArgumentError('ERR_INVALID_ARG_VALUE', `call must be socket or accept, got ${String(call)}`);
    if (!CODES.includes(code) || (call === 'socket' && code === 'ECONNABORTED'))
      throw new ArgumentError('ERR_INVALID_ARG_VALUE', `${call} does not fail with ${String(code)}`);
    checkInteger('count', count, 1);
    for (let index = 0; index < count; index += 1) this.failures[call].push(code);
    return this.changed();
  }
  /** The ports given to connections and listeners that name none, both included. Default 32768 to 60999 (ip(7), ip_local_port_range). */
  limitPorts(range) {
    checkOptions('range', range);
    checkInteger('first', range.first, 1, 65535);
    checkInteger('last', range.last, range.first, 65535);
    this.host.ports.limit(range.first, range.last);
    return this.changed();
  }
  /** Ports below this one are EACCES for listeners: 1024 for a program without privileges. Default 0 (ip(7), ip_unprivileged_port_start). */
  reservePortsBelow(port) {
    this.firstFreePort = checkInteger('port', port, 0, 65536);
    return this.changed();
  }
  /** @internal The code of what forbids another descriptor, or null. */
  whyNoSocket() {
    if (this.failures.socket.length > 0) return this.failures.socket.shift();
    return this.descriptorsUsed >= this.descriptorsMax ? 'EMFILE' : null;
  }
  /** @internal The code of what forbids to accept, or null. */
  whyNotAccept() {
    if (this.failures.accept.length > 0) return this.failures.accept.shift();
    return this.descriptorsUsed >= this.descriptorsMax ? 'EMFILE' : null;
  }
  /** @internal */
  isReserved(port) {
    return port > 0 && port < this.firstFreePort;
  }
  /** @internal Its state as text, for merging equal states. */
  stateText() {
    const { socket, accept } = this.failures;
    return `${this.descriptorsMax},${this.firstFreePort},${socket.join()},${accept.join()}${this.host.ports.stateText()}`;
  }
  changed() {
    this.host.network.notePlan();
    return this;
  }
}
