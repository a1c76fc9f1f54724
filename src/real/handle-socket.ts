// A connection over one of libuv's handles, with as much of net.Socket as an endpoint uses, and with the same meaning.
// Making and unmaking the stream around a handle is most of the JavaScript that a new connection costs
// (docs/performance.md); nothing of it is used here.
import { getSystemErrorName } from 'node:util';
import { rereadsEnd, type StreamBinding, type TcpHandle } from './private-handle.ts';
import type { SocketSink } from './real-socket.ts';
import type { StreamSocket } from './stream-socket.ts';

type Listener = () => void;

export class HandleSocket implements StreamSocket {
  connecting = false;
  destroyed = false;
  writableEnded = false;
  writableFinished = false;
  readonly handle: TcpHandle;
  private readonly sink: SocketSink;
  private readonly binding: StreamBinding;
  private isReading = false;
  private hasEnded = false;
  private wasEndReread = false;
  private onConnect: Listener | null = null;
  private onFinish: Listener | null = null;
  private onClose: Listener | null = null;

  constructor(sink: SocketSink, binding: StreamBinding, handle: TcpHandle) {
    this.sink = sink;
    this.binding = binding;
    this.handle = handle;
    handle.onread = () => this.read();
  }

  /** Over a connection that was accepted; it starts to read at once. */
  static accepted(sink: SocketSink, binding: StreamBinding, handle: TcpHandle): HandleSocket {
    const socket = new HandleSocket(sink, binding, handle);
    handle.useUserBuffer(sink.inbox.next());
    socket.resume();
    return socket;
  }

  /** Over a connection to be made to an IP address. What comes of it is told later, also what fails at once. */
  static dialled(sink: SocketSink, binding: StreamBinding, host: string, port: number): HandleSocket {
    const socket = new HandleSocket(sink, binding, new binding.Tcp(binding.tcpSocket));
    socket.connect(host, port);
    return socket;
  }

  get pending(): boolean {
    return this.connecting;
  }

  get readable(): boolean {
    return !this.hasEnded && !this.destroyed;
  }

  get writable(): boolean {
    return !this.writableEnded && !this.destroyed;
  }

  get localAddress(): string | undefined {
    return this.nameBy('getsockname').address;
  }

  get localPort(): number | undefined {
    return this.nameBy('getsockname').port;
  }

  get remoteAddress(): string | undefined {
    return this.nameBy('getpeername').address;
  }

  get remotePort(): number | undefined {
    return this.nameBy('getpeername').port;
  }

  once(event: 'connect' | 'finish' | 'close', listener: Listener): void {
    if (event === 'connect') this.onConnect = listener;
    else if (event === 'finish') this.onFinish = listener;
    else this.onClose = listener;
  }

  setNoDelay(isOn: boolean): void {
    if (!this.destroyed) this.handle.setNoDelay(isOn);
  }

  pause(): void {
    if (!this.isReading || this.destroyed) return;
    this.isReading = false;
    this.handle.readStop();
  }

  resume(): void {
    if (this.isReading || this.destroyed || this.hasEnded || this.connecting) return;
    this.isReading = true;
    const status = this.handle.readStart();
    if (status !== 0) process.nextTick(() => this.fail(status, 'read'));
  }

  /**
   * The end of stream leaves once what runs now has returned. A close that follows at once, as it does where the peer
   * has ended before, sends it all the same, and spares the kernel a call and libuv a round.
   */
  end(): void {
    if (this.writableEnded) return;
    this.writableEnded = true;
    queueMicrotask(() => {
      if (!this.destroyed) this.shutdown();
    });
  }

  /** With an error, the sink may decide that it stays open. */
  destroy(error?: Error): void {
    if (this.destroyed || (error !== undefined && this.sink.onError(error))) return;
    this.destroyed = true;
    this.handle.close(() => this.onClose?.());
  }

  /** Closes with a reset; while libuv shuts down, which refuses that, with an end. */
  resetAndDestroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    const onClosed = (): void => this.onClose?.();
    if (this.handle.reset(onClosed) !== 0) this.handle.close(onClosed);
  }

  private shutdown(): void {
    const request = new this.binding.ShutdownRequest();
    request.handle = this.handle;
    request.oncomplete = () => this.finish();
    const status = this.handle.shutdown(request);
    // The connection is gone, or nothing was left to do: either way nothing follows.
    if (status !== 0) this.finish();
  }

  private finish(): void {
    this.writableFinished = true;
    this.onFinish?.();
    if (this.hasEnded) this.destroy();
  }

  private connect(host: string, port: number): void {
    const { handle, binding } = this;
    this.connecting = true;
    const request = new binding.ConnectRequest();
    request.oncomplete = (status) => this.connected(status);
    const status = host.includes(':')
      ? handle.connect6(request, host, port)
      : handle.connect(request, host, port);
    if (status !== 0) process.nextTick(() => this.connected(status));
  }

  private connected(status: number): void {
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
  private read(): Uint8Array | undefined {
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

  private readEnd(): void {
    if (!this.wasEndReread) {
      this.wasEndReread = true;
      if (rereadsEnd(this.handle)) return;
    }
    this.isReading = false;
    this.hasEnded = true;
    this.sink.onEndOfStream();
    if (this.writableFinished) this.destroy();
  }

  private fail(status: number, syscall: string): void {
    if (this.destroyed) return;
    // libuv reads no more after an error.
    if (syscall === 'read') this.isReading = false;
    const code = getSystemErrorName(status);
    this.destroy(Object.assign(new Error(`${syscall} ${code}`), { code, errno: status, syscall }));
  }

  private nameBy(method: 'getsockname' | 'getpeername'): { address?: string; port?: number } {
    const name: { address?: string; port?: number } = {};
    if (!this.destroyed) this.handle[method](name);
    return name;
  }
}
