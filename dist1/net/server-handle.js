import { isUnixAddress, Readiness } from '../core/index.js';
import { HandleSurface } from './handle-surface.js';
import { StreamHandle } from './stream-handle.js';
/** A listener as a server sees it. */
export class ServerHandle extends HandleSurface {
  constructor(transport, bind, owner) {
    super('TCPSERVERWRAP');
    /** Its entry among the module's open handles. */
    this.openHandle = null;
    /** Called once, when it is closed. */
    this.onClose = null;
    this.hasToldListening = false;
    this.transport = transport;
    this.owner = owner;
    this.onconnection = (_status, connection) => owner.onAccept(connection);
    this.options = bind.options;
    this.isPath = isUnixAddress(bind.local);
    this.fallback = bind.fallback;
    this.listener = this.open(bind.local);
    this.requestService();
  }
  /** The address bound, as soon as the transport knows it. */
  get localAddress() {
    return this.listener.localAddress;
  }
  /** Binding failed at once; null if it did not. The handle is over. */
  takeImmediateError() {
    return this.takeBindError();
  }
  close(callback) {
    this.listener.watcher = null;
    this.listener.close();
    this.onClose?.();
    this.onClose = null;
    if (callback !== undefined) this.deferToEnd(callback);
  }
  serve() {
    const { readiness } = this.listener;
    if (!this.hasToldListening) {
      const code = this.takeBindError();
      if (code !== null) this.owner.onListenError(code);
      else if (this.listener.localAddress !== null) {
        this.hasToldListening = true;
        this.requestServiceLater();
        this.owner.onListening();
      }
    } else if ((readiness & Readiness.FAILED) !== 0)
      this.failAccept(this.listener.takeError()?.code ?? 'ECONNABORTED');
    else if ((readiness & Readiness.READABLE) !== 0) this.accept();
  }
  /** As libuv (uv__server_io): without a descriptor it resets whoever waits, and of a connection that died it says nothing. */
  failAccept(code) {
    if ((this.listener.readiness & Readiness.READABLE) !== 0) this.requestServiceLater();
    if (code === 'EMFILE' || code === 'ENFILE') this.listener.shed?.();
    else if (code !== 'ECONNABORTED') this.owner.onAcceptError(code);
  }
  accept() {
    const accepted = this.listener.accept();
    this.requestServiceLater();
    if (accepted === null) return;
    const { endpoint } = accepted;
    this.onconnection(0, new StreamHandle({ isPath: this.isPath, endpoint }));
  }
  open(local) {
    const listener = this.transport.listen(local, this.options);
    listener.watcher = this;
    return listener;
  }
  takeBindError() {
    if ((this.listener.readiness & Readiness.FAILED) === 0) return null;
    const code = this.listener.takeError()?.code ?? 'EINVAL';
    const { fallback } = this;
    if (fallback === null || code === 'EADDRINUSE' || code === 'EACCES') return code;
    this.fallback = null;
    this.listener.close();
    this.listener = this.open(fallback);
    return this.takeBindError();
  }
}
