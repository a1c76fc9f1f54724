import type { Host } from '../host.ts';
/** The ports that a host gives to connections and listeners that name none: one after another, each when it is free. */
export declare class EphemeralPorts {
  private readonly host;
  /** Linux: net.ipv4.ip_local_port_range. */
  private first;
  private last;
  private next;
  private hasWrapped;
  constructor(host: Host);
  /** A free port; 0 if none is left. */
  take(): number;
  /** From now on ports come from this range. */
  limit(first: number, last: number): void;
  /** @internal */
  stateText(): string;
  private isListening;
}
