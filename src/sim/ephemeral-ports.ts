import { isUnixAddress } from '../core/address.ts';
import type { Host } from './host.ts';

/** Linux: net.ipv4.ip_local_port_range. */
const FIRST = 32768;
const LAST = 60999;

/** The ports that a host gives to connections and listeners that name none: one after another, each when it is free. */
export class EphemeralPorts {
  private readonly host: Host;
  private next = FIRST;
  private hasWrapped = false;

  constructor(host: Host) {
    this.host = host;
  }

  /** A free port; 0 if none is left. */
  take(): number {
    for (let tried = FIRST; tried <= LAST; tried += 1) {
      const port = this.next;
      this.next = port === LAST ? FIRST : port + 1;
      this.hasWrapped ||= port === LAST;
      if (!this.isUsed(port)) return port;
    }
    return 0;
  }

  /** Ports not yet given out can only be used by who asked for them: most of the time nobody. */
  private isUsed(port: number): boolean {
    for (const { bound } of this.host.listeners)
      if (!isUnixAddress(bound.address) && bound.address.port === port) return true;
    if (!this.hasWrapped) return false;
    for (const endpoint of this.host.openEndpoints) if (endpoint.localPort === port) return true;
    return false;
  }
}
