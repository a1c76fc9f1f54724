import { Socket } from 'node:net';
import { assert } from '../core/errors.ts';
import { DirectOutlet } from './direct-outlet.ts';
import type { RealDriver } from './driver.ts';
import { HandleSocket } from './handle-socket.ts';
import { LentViews } from './lent-views.ts';
import { type Outlet, type OutletOwner, StreamOutlet } from './outlet.ts';
import {
  captureWriteRequest,
  findStreamBinding,
  handleOf,
  type StreamBinding,
  type WritingHandle,
} from './private-handle.ts';
import { RealSocket } from './real-socket.ts';
import { ReceiveBuffers } from './receive-buffers.ts';
import type { StreamSocket } from './stream-socket.ts';
import { systemClock } from './system-clock.ts';
import { WriteSupplies } from './write-supplies.ts';

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
  /** What writes to handles need, once it is known with what class node:net asks for writes. */
  private supplies: WriteSupplies | null;
  private isCapturing = false;

  constructor(
    driver: RealDriver,
    options: { readonly poisonsViews: boolean; readonly usesHandles: boolean },
  ) {
    this.driver = driver;
    this.usesHandles = options.usesHandles;
    const binding = options.usesHandles ? findStreamBinding() : null;
    this.binding = binding;
    this.supplies = binding === null ? null : new WriteSupplies(binding.WriteRequest, binding);
    this.views = options.poisonsViews ? new LentViews() : null;
    if (this.views !== null) driver.afterTurn = () => this.views?.poison();
  }

  /** How bytes get into this socket: through its handle where that can be, else through the stream. */
  outletFor(socket: StreamSocket, owner: OutletOwner): Outlet {
    const { supplies } = this;
    if (socket instanceof HandleSocket) return new DirectOutlet(socket, socket.handle, supplies!, owner);
    assert(socket instanceof Socket, 'an endpoint is over a net.Socket or a HandleSocket');
    if (this.usesHandles && socket instanceof RealSocket) {
      if (supplies !== null)
        return new DirectOutlet(socket, handleOf(socket) as WritingHandle, supplies, owner);
      if (!this.isCapturing) {
        this.isCapturing = true;
        captureWriteRequest(socket, (type) => {
          this.supplies = new WriteSupplies(type, null);
        });
      }
    }
    return new StreamOutlet(socket, owner);
  }

  /** Resets a closed socket whose peer takes nothing for LINGER_MS_MAX. */
  linger(socket: StreamSocket): void {
    const timer = systemClock.setTimer(LINGER_MS_MAX, () => socket.destroy());
    socket.once('close', () => timer.cancel());
  }
}
