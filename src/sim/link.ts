/** One direction between two hosts: what every connection's bytes that way go through. */
export class Link {
  readonly from: string;
  readonly to: string;
  /** Milliseconds a segment takes, 0 or more. */
  latencyMs: number;

  constructor(from: string, to: string, latencyMs: number) {
    this.from = from;
    this.to = to;
    this.latencyMs = latencyMs;
  }

  toString(): string {
    return `link ${this.from} → ${this.to}`;
  }
}
