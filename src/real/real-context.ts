import { Socket } from 'node:net';
import { assert } from '../core/errors.ts';
import { DirectOutlet } from './direct-outlet.ts';
import type { RealDriver } from './driver.ts';
import { HandleSocket } from './handle-socket.ts';
import { LentViews } from './lent-views.ts';
import { type Outlet, StreamOutlet } from './outlet.ts';
import {
  captureWriteRequest,
  findStreamBinding,
  handleOf,
  type StreamBinding,
  type WriteRequestType,
  type WritingHandle,
} from './private-handle.ts';
import { RealSocket } from './real-socket.ts';
import { ReceiveBuffers } from './receive-buffers.ts';
import type { StreamSocket } from './stream-socket.ts';
import { systemClock } from './system-clock.ts';

/**
 * How long a closed connection may go on delivering what was accepted, to a peer that does not read it: 2 minutes,
 * about what Linux grants a socket that no process owns any more.
 */
export const LINGER_MS_MAX = 120_000;

/** What the endpoints of one transport share. */
export class RealContext {
  readonly driver: RealDriver;
  readonly buffers = new ReceiveBuffers();
  /** Views that are spoilt once their time is over; null if nobody asked for that. */
  readonly views: LentViews | null;
  readonly usesHandles: boolean;
  /** What connections are made with without a net.Socket; null where that cannot be. */
  readonly binding: StreamBinding | null;
  /** With what class node:net asks for writes, once that is known. */
  writeRequest: WriteRequestType | null = null;
  private isCapturing = false;

  constructor(
    driver: RealDriver,
    options: { readonly poisonsViews: boolean; readonly usesHandles: boolean },
  ) {
    this.driver = driver;
    this.usesHandles = options.usesHandles;
    this.binding = options.usesHandles ? findStreamBinding() : null;
    this.views = options.poisonsViews ? new LentViews() : null;
    if (this.views !== null) driver.afterTurn = () => this.views?.poison();
  }

  /** How bytes get into this socket: through its handle where that can be, else through the stream. */
  outletFor(socket: StreamSocket, onWritten: () => void): Outlet {
    if (socket instanceof HandleSocket) {
      return new DirectOutlet(socket, socket.handle, this.binding!.WriteRequest, onWritten);
    }
    assert(socket instanceof Socket, 'an endpoint is over a net.Socket or a HandleSocket');
    if (this.usesHandles && socket instanceof RealSocket) {
      if (this.writeRequest !== null) {
        return new DirectOutlet(socket, handleOf(socket) as WritingHandle, this.writeRequest, onWritten);
      }
      if (!this.isCapturing) {
        this.isCapturing = true;
        captureWriteRequest(socket, (type) => {
          this.writeRequest = type;
        });
      }
    }
    return new StreamOutlet(socket, onWritten);
  }

  /** Resets a closed socket whose peer takes nothing for LINGER_MS_MAX. */
  linger(socket: StreamSocket): void {
    const timer = systemClock.setTimer(LINGER_MS_MAX, () => socket.destroy());
    socket.once('close', () => timer.cancel());
  }
}
