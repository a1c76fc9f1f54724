import type { Network } from '../network.ts';
import type { SimEndpoint } from './endpoint.ts';
/** How much a program receives at most in a time. */
export interface ReadLimit {
  /** 0 or more. With 0 it receives nothing, not even the end of stream, until the limit is taken away. */
  readonly bytes: number;
  /**
   * Whole milliseconds, 1 or more, from the first byte received to when so many more may be. What is not used by then is gone.
   * Needed unless `bytes` is 0.
   */
  readonly everyMs?: number;
}
/** The limit as it is kept; null is none. `place` is named in the trace. Throws ArgumentError. */
export declare function planReading(
  network: Network,
  place: string,
  limit: ReadLimit | null,
): ReadLimit | null;
/** What rations this endpoint from now on, if anything. Throws ArgumentError. */
export declare function planPace(
  endpoint: SimEndpoint,
  network: Network,
  limit: ReadLimit | null,
): ReadPace | null;
/** The ration of one endpoint. */
export declare class ReadPace {
  private readonly endpoint;
  private readonly network;
  private readonly bytes;
  private readonly everyMs;
  private left;
  private refillAtMs;
  private timer;
  constructor(endpoint: SimEndpoint, network: Network, { bytes, everyMs }: ReadLimit);
  /** Whether nothing is received, not even the end of stream. */
  get isStopped(): boolean;
  /** Whether a program with so many bytes to receive, or with the end of stream if none, is not to be told of them. */
  holdsBack(unread: number): boolean;
  /** Bytes that may be received now. If none may, the endpoint offers them when that changes. */
  allow(): number;
  /** So many bytes were received, no more than allowed. Whether `unread`, those that are left, are held back. */
  take(sizeBytes: number, unread: number): boolean;
  stop(): void;
  /** @internal Its state as text, for merging equal states. Whether it waits follows from what is unread. */
  stateText(): string;
  private wait;
}
