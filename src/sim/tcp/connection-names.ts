import type { Host } from '../host.ts';

/** Names for a host's connections that are the same in every run, whatever the order; kept only if a search tells states apart. */
export class ConnectionNames {
  /** Hosts that this one has ever been connected to. */
  readonly neighbours = new Set<string>();
  private lastAccepted: string | null = null;
  private readonly counts = new Map<string, number>();

  /** A name for a connection made now: after the one accepted last, which it is likely made for. */
  next(origin: Host, target: Host): string {
    this.neighbours.add(target.name);
    target.names?.neighbours.add(origin.name);
    const parent = this.lastAccepted ?? origin.name;
    const count = (this.counts.get(parent) ?? 0) + 1;
    this.counts.set(parent, count);
    return `${parent}>${count}`;
  }

  noteAccepted(name: string): void {
    this.lastAccepted = name;
  }
}
