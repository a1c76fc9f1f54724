/** Names for a host's connections that are the same in every run, whatever the order; kept only if a search tells states apart. */
export class ConnectionNames {
  constructor() {
    /** Hosts that this one has ever been connected to. */
    this.neighbours = new Set();
    this.lastAccepted = null;
    this.counts = new Map();
  }
  /** A name for a connection made now: after the one accepted last, which it is likely made for. */
  next(origin, target) {
    this.neighbours.add(target.name);
    target.names?.neighbours.add(origin.name);
    const parent = this.lastAccepted ?? origin.name;
    const count = (this.counts.get(parent) ?? 0) + 1;
    this.counts.set(parent, count);
    return `${parent}>${count}`;
  }
  noteAccepted(name) {
    this.lastAccepted = name;
  }
}
