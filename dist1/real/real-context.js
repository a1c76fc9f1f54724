import { Socket } from 'node:net';
import { assert } from '../core/errors.js';
import { DirectOutlet } from './direct-outlet.js';
import { HandleSocket } from './handle-socket.js';
import { LentViews } from './lent-views.js';
import { StreamOutlet } from './outlet.js';
import { captureWriteRequest, findStreamBinding, handleOf } from './private-handle.js';
import { RealSocket } from './real-socket.js';
import { ReceiveBuffers } from './receive-buffers.js';
import { systemClock } from './system-clock.js';
/**
 * How long a closed connection may go on delivering what was accepted, to a peer that does not read it: 2 minutes,
 * about what Linux grants a socket that no process owns any more.
 */
export const LINGER_MS_MAX = 120_000;
/** What the endpoints of one transport share. */
export class RealContext {
  constructor(driver, options) {
    this.buffers = new ReceiveBuffers();
    /** With what class node:net asks for writes, once that is known. */
    this.writeRequest = null;
    this.isCapturing = false;
    this.driver = driver;
    this.usesHandles = options.usesHandles;
    this.binding = options.usesHandles ? findStreamBinding() : null;
    this.views = options.poisonsViews ? new LentViews() : null;
    if (this.views !== null) driver.afterTurn = () => this.views?.poison();
  }
  /** How bytes get into this socket: through its handle where that can be, else through the stream. */
  outletFor(socket, onWritten) {
    if (socket instanceof HandleSocket) {
      return new DirectOutlet(socket, socket.handle, this.binding.WriteRequest, onWritten);
    }
    assert(socket instanceof Socket, 'an endpoint is over a net.Socket or a HandleSocket');
    if (this.usesHandles && socket instanceof RealSocket) {
      if (this.writeRequest !== null) {
        return new DirectOutlet(socket, handleOf(socket), this.writeRequest, onWritten);
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
  linger(socket) {
    const timer = systemClock.setTimer(LINGER_MS_MAX, () => socket.destroy());
    socket.once('close', () => timer.cancel());
  }
}
