import type { RealDriver } from './driver.ts';
import { LentViews } from './lent-views.ts';
import { type Outlet } from './outlet.ts';
import { type StreamBinding, type WriteRequestType } from './private-handle.ts';
import { ReceiveBuffers } from './receive-buffers.ts';
import type { StreamSocket } from './stream-socket.ts';
/**
 * How long a closed connection may go on delivering what was accepted, to a peer that does not read it: 2 minutes,
 * about what Linux grants a socket that no process owns any more.
 */
export declare const LINGER_MS_MAX = 120000;
/** What the endpoints of one transport share. */
export declare class RealContext {
  readonly driver: RealDriver;
  readonly buffers: ReceiveBuffers;
  /** Views that are spoilt once their time is over; null if nobody asked for that. */
  readonly views: LentViews | null;
  readonly usesHandles: boolean;
  /** What connections are made with without a net.Socket; null where that cannot be. */
  readonly binding: StreamBinding | null;
  /** With what class node:net asks for writes, once that is known. */
  writeRequest: WriteRequestType | null;
  private isCapturing;
  constructor(
    driver: RealDriver,
    options: {
      readonly poisonsViews: boolean;
      readonly usesHandles: boolean;
    },
  );
  /** How bytes get into this socket: through its handle where that can be, else through the stream. */
  outletFor(socket: StreamSocket, onWritten: () => void): Outlet;
  /** Resets a closed socket whose peer takes nothing for LINGER_MS_MAX. */
  linger(socket: StreamSocket): void;
}
