// A connection over one of libuv's handles, with as much of net.Socket as an endpoint uses, and with the same meaning.
// Making and unmaking the stream around a handle is most of the JavaScript that a new connection costs
// (docs/performance.md); nothing of it is used here.
import { getSystemErrorName } from 'node:util';
import { rereadsEnd } from './private-handle.js';
export class HandleSocket {
  constructor(sink, binding, handle) {
    this.connecting = false;
    this.destroyed = false;
    this.writableEnded = false;
    this.writableFinished = false;
    this.isReading = false;
    this.hasEnded = false;
    this.wasEndReread = false;
    this.onConnect = null;
    this.onFinish = null;
    this.onClose = null;
    this.sink = sink;
    this.binding = binding;
    this.handle = handle;
    handle.onread = () => this.read();
  }
  /** Over a connection that was accepted; it starts to read at once. */
  static accepted(sink, binding, handle) {
    const socket = new HandleSocket(sink, binding, handle);
    handle.useUserBuffer(sink.inbox.next());
    socket.resume();
    return socket;
  }
  /** Over a connection to be made to an IP address. What comes of it is told later, also what fails at once. */
  static dialled(sink, binding, host, port) {
    const socket = new HandleSocket(sink, binding, new binding.Tcp(binding.tcpSocket));
    socket.connect(host, port);
    return socket;
  }
  get pending() {
    return this.connecting;
  }
  get readable() {
    return !this.hasEnded && !this.destroyed;
  }
  get writable() {
    return !this.writableEnded && !this.destroyed;
  }
  get localAddress() {
    return this.nameBy('getsockname').address;
  }
  get localPort() {
    return this.nameBy('getsockname').port;
  }
  get remoteAddress() {
    return this.nameBy('getpeername').address;
  }
  get remotePort() {
    return this.nameBy('getpeername').port;
  }
  once(event, listener) {
    if (event === 'connect') this.onConnect = listener;
    else if (event === 'finish') this.onFinish = listener;
    else this.onClose = listener;
  }
  setNoDelay(isOn) {
    if (!this.destroyed) this.handle.setNoDelay(isOn);
  }
  pause() {
    if (!this.isReading || this.destroyed) return;
    this.isReading = false;
    this.handle.readStop();
  }
  resume() {
    if (this.isReading || this.destroyed || this.hasEnded || this.connecting) return;
    this.isReading = true;
    const status = this.handle.readStart();
    if (status !== 0) process.nextTick(() => this.fail(status, 'read'));
  }
  /**
   * The end of stream leaves once what runs now has returned. A close that follows at once, as it does where the peer
   * has ended before, sends it all the same, and spares the kernel a call and libuv a round.
   */
  end() {
    if (this.writableEnded) return;
    this.writableEnded = true;
    queueMicrotask(() => {
      if (!this.destroyed) this.shutdown();
    });
  }
  /** With an error, the sink may decide that it stays open. */
  destroy(error) {
    if (this.destroyed || (error !== undefined && this.sink.onError(error))) return;
    this.destroyed = true;
    this.handle.close(() => this.onClose?.());
  }
  /** Closes with a reset; while libuv shuts down, which refuses that, with an end. */
  resetAndDestroy() {
    if (this.destroyed) return;
    this.destroyed = true;
    const onClosed = () => this.onClose?.();
    if (this.handle.reset(onClosed) !== 0) this.handle.close(onClosed);
  }
  shutdown() {
    const request = new this.binding.ShutdownRequest();
    request.handle = this.handle;
    request.oncomplete = () => this.finish();
    const status = this.handle.shutdown(request);
    // The connection is gone, or nothing was left to do: either way nothing follows.
    if (status !== 0) this.finish();
  }
  finish() {
    this.writableFinished = true;
    this.onFinish?.();
    if (this.hasEnded) this.destroy();
  }
  connect(host, port) {
    const { handle, binding } = this;
    this.connecting = true;
    const request = new binding.ConnectRequest();
    request.oncomplete = (status) => this.connected(status);
    const status = host.includes(':')
      ? handle.connect6(request, host, port)
      : handle.connect(request, host, port);
    if (status !== 0) process.nextTick(() => this.connected(status));
  }
  connected(status) {
    if (this.destroyed) return;
    this.connecting = false;
    if (status !== 0) {
      this.fail(status, 'connect');
      return;
    }
    const { handle } = this;
    handle.setNoDelay(true);
    handle.useUserBuffer(this.sink.inbox.next());
    this.resume();
    this.onConnect?.();
  }
  /** Returns the buffer for the next read. */
  read() {
    if (this.destroyed) return undefined;
    const { binding, sink } = this;
    const sizeBytes = binding.state[binding.sizeIndex];
    if (sizeBytes > 0) {
      if (!sink.onBytes(sizeBytes)) this.pause();
      return this.destroyed ? undefined : sink.inbox.next();
    }
    if (sizeBytes === binding.endOfFile) this.readEnd();
    else if (sizeBytes < 0) this.fail(sizeBytes, 'read');
    return undefined;
  }
  readEnd() {
    if (!this.wasEndReread) {
      this.wasEndReread = true;
      if (rereadsEnd(this.handle)) return;
    }
    this.isReading = false;
    this.hasEnded = true;
    this.sink.onEndOfStream();
    if (this.writableFinished) this.destroy();
  }
  fail(status, syscall) {
    if (this.destroyed) return;
    // libuv reads no more after an error.
    if (syscall === 'read') this.isReading = false;
    const code = getSystemErrorName(status);
    this.destroy(Object.assign(new Error(`${syscall} ${code}`), { code, errno: status, syscall }));
  }
  nameBy(method) {
    const name = {};
    if (!this.destroyed) this.handle[method](name);
    return name;
  }
}
