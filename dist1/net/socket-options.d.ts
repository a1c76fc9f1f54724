import type { DuplexOptions } from 'node:stream';
import type { Origin } from './open-handle.ts';
import type { OnReadOptions } from './socket-reader.ts';
import type { StreamHandle } from './stream-handle.ts';
export interface SocketOptions extends DuplexOptions {
  /** An accepted connection. */
  handle?: StreamHandle;
  /** @internal Where the server was told to listen that has accepted it. */
  acceptedBy?: Origin;
  onread?: OnReadOptions;
  noDelay?: boolean;
  keepAlive?: boolean;
  keepAliveInitialDelay?: number;
  signal?: AbortSignal;
  readable?: boolean;
  writable?: boolean;
  pauseOnCreate?: boolean;
  manualStart?: boolean;
  fd?: number;
}
/** A delay in milliseconds as Node hands it to the system: whole seconds in 32 bits, so that Infinity is 0. */
export declare function keepAliveSeconds(delayMs: unknown): number;
/** What the constructor was given, as options. */
export declare function socketOptions(options: SocketOptions | number | undefined): SocketOptions;
/** What the stream below is made with; throws on what a socket cannot be. */
export declare function streamOptions(given: SocketOptions | number | undefined): DuplexOptions;
