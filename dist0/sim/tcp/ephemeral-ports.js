import { isUnixAddress } from '../../core/address.js';
/** The ports that a host gives to connections and listeners that name none: one after another, each when it is free. */
export class EphemeralPorts {
  constructor(host) {
    /** Linux: net.ipv4.ip_local_port_range. */
    this.first = 32768;
    this.last = 60999;
    this.next = 32768;
    this.hasWrapped = false;
    this.host = host;
  }
  /** A free port; 0 if none is left. */
  take() {
    // Ports not yet given out can only be used by who asked for them: most of the time nobody.
    const { hasWrapped } = this;
    for (let tried = this.first; tried <= this.last; tried += 1) {
      const port = this.next;
      this.next = port === this.last ? this.first : port + 1;
      this.hasWrapped ||= port === this.last;
      if (!this.isListening(port) && !(hasWrapped && this.host.openEndpoints.hasPort(port))) return port;
    }
    return 0;
  }
  /** From now on ports come from this range. */
  limit(first, last) {
    this.first = first;
    this.last = last;
    this.next = first;
    this.hasWrapped = true;
  }
  /** @internal */
  stateText() {
    return `${this.first}-${this.last}`;
  }
  isListening(port) {
    for (const { bound } of this.host.listeners)
      if (!isUnixAddress(bound.address) && bound.address.port === port) return true;
    return false;
  }
}
