/** A whole-number delay is drawn for each segment, or operation, from `delayMsMin` to `delayMsMax`, both included. */
export interface Latency {
  readonly delayMsMin: number;
  /** Default: `delayMsMin`, no jitter. */
  readonly delayMsMax?: number;
}
/** The least delay, and by how many milliseconds it may be longer. `place` is named in errors. */
export declare function checkLatency(
  options: Latency,
  place: string,
): {
  min: number;
  jitterMs: number;
};
