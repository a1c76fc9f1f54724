// A connection over one of libuv's handles, with as much of net.Socket as an endpoint uses, and with the same meaning.
// Making and unmaking the stream around a handle is most of the JavaScript that a new connection costs
// (docs/performance.md); nothing of it is used here.
import { getSystemErrorName } from 'node:util';
import { rereadsEnd, type StreamBinding, type TcpHandle } from './private-handle.ts';
import type { SocketSink } from './real-socket.ts';
import type { StreamSocket } from './stream-socket.ts';

type Listener = () => void;

/** A handle and the requests made of it know their socket, so that one function serves all of them. */
interface Owned {
  foulweatherSocket: HandleSocket;
}

function readOwner(this: unknown): Uint8Array | undefined {
  return (this as Owned).foulweatherSocket.read();
}

function connectOwner(this: unknown, status: number): void {
  (this as Owned).foulweatherSocket.connected(status);
}

function finishOwner(this: unknown): void {
  (this as Owned).foulweatherSocket.finish();
}

/** No more than the smallest segment that TCP may be held to: what leaves in one segment leaves no rest to be delayed. */
const UNDELAYED_BYTES_MAX = 512;

/** To leave what runs now with less than queueMicrotask, which makes an AsyncResource each time. */
const NOW = Promise.resolve();

export class HandleSocket implements StreamSocket {
  connecting = false;
  destroyed = false;
  writableEnded = false;
  writableFinished = false;
  readonly handle: TcpHandle;
  private readonly sink: SocketSink;
  private readonly binding: StreamBinding;
  private isReading = false;
  /** What the handle reads into. */
  private buffer: Uint8Array | null = null;
  private hasEnded = false;
  /** Whether the kernel may still delay small writes, as it does unless it is told. */
  private isDelaying = false;
  private hasWritten = false;
  private onFinish: Listener | null = null;
  private onClose: Listener | null = null;

  constructor(sink: SocketSink, binding: StreamBinding, handle: TcpHandle) {
    this.sink = sink;
    this.binding = binding;
    this.handle = handle;
    own(handle, this);
    handle.onread = readOwner;
  }

  /** Over a connection that was accepted; it starts to read at once. */
  static accepted(sink: SocketSink, binding: StreamBinding, handle: TcpHandle): HandleSocket {
    const socket = new HandleSocket(sink, binding, handle);
    socket.useBuffer();
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

  once(event: 'finish' | 'close', listener: Listener): void {
    if (event === 'finish') this.onFinish = listener;
    else this.onClose = listener;
  }

  setNoDelay(isOn: boolean): void {
    this.isDelaying = false;
    if (!this.destroyed) this.handle.setNoDelay(isOn);
  }

  /**
   * @internal To be called before a write, until it returns that small writes leave at once from now on. Nothing delays
   * a small first one, as nothing is on its way: a connection that writes once needs no call of the kernel for the rest.
   */
  undelay(sizeBytes: number): boolean {
    if (this.isDelaying && (this.hasWritten || sizeBytes > UNDELAYED_BYTES_MAX)) this.setNoDelay(true);
    this.hasWritten = true;
    return !this.isDelaying;
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
    void NOW.then(() => {
      if (!this.destroyed) this.shutdown();
    });
  }

  /** With an error, the sink may decide that it stays open. */
  destroy(error?: Error): void {
    if (this.destroyed || (error !== undefined && this.sink.onError(error))) return;
    this.destroyed = true;
    this.handle.close(this.onClose ?? undefined);
  }

  /** Closes with a reset; while libuv shuts down, which refuses that, with an end. */
  resetAndDestroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    const onClosed = this.onClose ?? undefined;
    if (this.handle.reset(onClosed) !== 0) this.handle.close(onClosed);
  }

  private useBuffer(): void {
    this.buffer = this.sink.inbox.next();
    this.handle.useUserBuffer(this.buffer);
  }

  private shutdown(): void {
    const request = new this.binding.ShutdownRequest();
    request.handle = this.handle;
    request.oncomplete = finishOwner;
    own(request, this);
    const status = this.handle.shutdown(request);
    // The connection is gone, or nothing was left to do: either way nothing follows.
    if (status !== 0) this.finish();
  }

  /** @internal */
  finish(): void {
    this.writableFinished = true;
    this.onFinish?.();
    if (this.hasEnded) this.destroy();
  }

  private connect(host: string, port: number): void {
    const { handle, binding } = this;
    this.connecting = true;
    const request = new binding.ConnectRequest();
    request.oncomplete = connectOwner;
    own(request, this);
    const status = host.includes(':')
      ? handle.connect6(request, host, port)
      : handle.connect(request, host, port);
    if (status !== 0) {
      process.nextTick(() => this.connected(status));
      return;
    }
    // From the start, where libuv lets it (not on Windows): watching for both at once spares calls of epoll_ctl.
    this.useBuffer();
    this.isReading = handle.readStart() === 0;
  }

  /** @internal */
  connected(status: number): void {
    if (this.destroyed) return;
    this.connecting = false;
    if (status !== 0) {
      this.fail(status, 'connect');
      return;
    }
    this.isDelaying = true;
    this.resume();
    this.sink.onOpen();
  }

  /** @internal Returns the buffer for the next read, if it is another one than for this. */
  read(): Uint8Array | undefined {
    if (this.destroyed) return undefined;
    const { binding, sink } = this;
    const sizeBytes = binding.state[binding.sizeIndex];
    if (sizeBytes > 0) {
      if (!sink.onBytes(sizeBytes)) this.pause();
      return this.destroyed ? undefined : this.exchange();
    }
    if (sizeBytes === binding.endOfFile) this.readEnd();
    else if (sizeBytes < 0) this.fail(sizeBytes, 'read');
    return undefined;
  }

  private exchange(): Uint8Array | undefined {
    const next = this.sink.inbox.next();
    if (next === this.buffer) return undefined;
    this.buffer = next;
    return next;
  }

  private readEnd(): void {
    if (this.sink.inbox.takeDoubt() && rereadsEnd(this.handle)) return;
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

function own(thing: object, socket: HandleSocket): void {
  (thing as Owned).foulweatherSocket = socket;
}
