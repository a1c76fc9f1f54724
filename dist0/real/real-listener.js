import { isUnixAddress } from '../core/address.js';
import { Readiness } from '../core/transport.js';
import { interceptAccepted, isHandle } from './private-handle.js';
import { ignore } from './real-socket.js';
import { toTransportError } from './transport-error.js';

const { READABLE, FAILED, OPEN } = Readiness;
/** A listening address over a net.Server. */
export class RealListener {
  constructor(context, server, target, admit) {
    this.watcher = null;
    this.localAddress = null;
    this.bits = 0;
    this.waiting = [];
    this.error = null;
    this.isClosed = false;
    this.driver = context.driver;
    this.server = server;
    this.target = target;
    this.admit = admit;
    server.on('error', (error) => this.event(() => this.fail(error)));
    server.once('listening', () => {
      if (context.usesHandles) interceptAccepted(server, (handle) => this.receive(handle));
      this.event(() => {
        this.noteAddress();
        this.gain(OPEN);
      });
    });
    server.on('connection', (socket) => {
      socket.on('error', ignore);
      this.receive(socket);
    });
  }
  get readiness() {
    return this.bits;
  }
  accept() {
    for (;;) {
      const accepted = this.waiting.shift();
      if (this.waiting.length === 0) this.bits &= ~READABLE;
      if (accepted === undefined) return null;
      if (isHandle(accepted) || !accepted.destroyed)
        return this.admit(accepted, this.localAddress ?? this.target);
    }
  }
  takeError() {
    const { error } = this;
    this.error = null;
    this.bits &= ~FAILED;
    return error;
  }
  close() {
    if (this.isClosed) return;
    this.isClosed = true;
    this.bits = 0;
    this.watcher = null;
    this.server.close();
    for (const accepted of this.waiting.splice(0)) discard(accepted);
  }
  /** @internal Node binds an address at once, a name later. */
  noteAddress() {
    const bound = this.server.address();
    if (bound === null) return;
    if (isUnixAddress(this.target) || typeof bound === 'string') this.localAddress = this.target;
    else this.localAddress = { host: bound.address, port: bound.port };
  }
  receive(accepted) {
    if (this.isClosed) {
      discard(accepted);
      return;
    }
    this.waiting.push(accepted);
    this.event(() => this.gain(READABLE));
  }
  fail(error) {
    this.error = toTransportError(error, 'listen', this.target);
    this.gain(FAILED);
  }
  event(mark) {
    if (this.isClosed) return;
    this.driver.enter();
    mark();
    this.driver.leave();
  }
  gain(bit) {
    if ((this.bits & bit) !== 0) return;
    this.bits |= bit;
    this.watcher?.onReadiness();
  }
}
/** As the kernel does with connections that nobody accepted: a reset where there is one. */
function discard(accepted) {
  if (!isHandle(accepted)) {
    if (accepted.remoteFamily === undefined) accepted.destroy();
    else accepted.resetAndDestroy();
  } else if (accepted.reset === undefined) accepted.close();
  else accepted.reset();
}
