/** Endpoints in the order in which programs got them. Linked through themselves: a run makes and drops many. */
export class OpenEndpoints {
  constructor() {
    /** How many there are. */
    this.size = 0;
    /** How many have each local port, once somebody has asked: most hosts never run through their ports. */
    this.ports = null;
    this.first = null;
    this.last = null;
  }
  get isEmpty() {
    return this.first === null;
  }
  add(endpoint) {
    if (endpoint.isHeld) return;
    endpoint.isHeld = true;
    this.size += 1;
    if (this.ports !== null) this.count(endpoint.localPort, 1);
    endpoint.previousHeld = this.last;
    if (this.last === null) this.first = endpoint;
    else this.last.nextHeld = endpoint;
    this.last = endpoint;
  }
  /** Does nothing for one that is not held. */
  delete(endpoint) {
    if (!endpoint.isHeld) return;
    const { previousHeld, nextHeld } = endpoint;
    if (previousHeld === null) this.first = nextHeld;
    else previousHeld.nextHeld = nextHeld;
    if (nextHeld === null) this.last = previousHeld;
    else nextHeld.previousHeld = previousHeld;
    endpoint.isHeld = false;
    this.size -= 1;
    if (this.ports !== null) this.count(endpoint.localPort, -1);
    endpoint.previousHeld = null;
    endpoint.nextHeld = null;
  }
  /** Whether one of them has this local port. Costs the same however many there are. */
  hasPort(port) {
    if (this.ports === null) {
      this.ports = new Map();
      for (const endpoint of this) this.count(endpoint.localPort, 1);
    }
    return this.ports.has(port);
  }
  count(port, more) {
    const ports = this.ports;
    const count = (ports.get(port) ?? 0) + more;
    if (count === 0) ports.delete(port);
    else ports.set(port, count);
  }
  *[Symbol.iterator]() {
    for (let endpoint = this.first; endpoint !== null; endpoint = endpoint.nextHeld) yield endpoint;
  }
}
