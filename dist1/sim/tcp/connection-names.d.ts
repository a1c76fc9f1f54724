import type { Host } from '../host.ts';
/** Names for a host's connections that are the same in every run, whatever the order; kept only if a search tells states apart. */
export declare class ConnectionNames {
  /** Hosts that this one has ever been connected to. */
  readonly neighbours: Set<string>;
  private lastAccepted;
  private readonly counts;
  /** A name for a connection made now: after the one accepted last, which it is likely made for. */
  next(origin: Host, target: Host): string;
  noteAccepted(name: string): void;
}
