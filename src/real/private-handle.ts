// The one place that leans on a private field of node:net, `_handle`, for three things. `onread` can be given only where
// a Socket is made, and Node makes the accepted ones by itself: their handles are taken before it does. And
// whether a connection is still there is a question that public API answers from a cache. And a small write costs less
// without the stream around it.
import { type Server, Socket, type SocketConstructorOpts } from 'node:net';

/**
 * Whether an end of stream was only libuv's guess, and the kernel is being asked for its own answer, which comes as
 * another end or as an error. libuv before 1.52 takes "hung up, and fewer bytes read than asked for" for the end,
 * also when it was a reset that came right behind the bytes: a stream that was cut would look complete.
 */
export function rereadsEnd(handle: unknown): boolean {
  return asksAgain(handle as Partial<ReadableHandle> | null | undefined);
}

function asksAgain(handle: Partial<ReadableHandle> | null | undefined): boolean {
  if (typeof handle?.getpeername !== 'function' || typeof handle.readStart !== 'function') return false;
  // A peer's address that is still there means that the connection is not over, so it was no hang-up.
  return handle.getpeername({}) !== 0 && handle.readStart() === 0;
}

interface ReadableHandle {
  getpeername(into: object): number;
  readStart(): number;
}

interface WithHandle {
  _handle?: unknown;
}

/** What one write is asked for with; Node's own class. */
export interface WriteRequest {
  handle: unknown;
  oncomplete: (this: WriteRequest, status: number) => void;
  buffer: Uint8Array | undefined;
}

export type WriteRequestType = new () => WriteRequest;

/** A handle as far as it is written to. */
export interface WritingHandle {
  /** Writes what the kernel takes at once; the rest is queued, and `request.oncomplete` tells when it is written. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
  readonly writeQueueSize: number;
}

export function handleOf(socket: Socket): unknown {
  return (socket as unknown as WithHandle)._handle;
}

/** Finds out, at the socket's next write, with what class node:net asks for writes. */
export function captureWriteRequest(socket: Socket, found: (type: WriteRequestType) => void): void {
  const handle = handleOf(socket) as (WritingHandle & { writeBuffer: unknown }) | null | undefined;
  if (typeof handle?.writeBuffer !== 'function' || typeof handle.writeQueueSize !== 'number') return;
  const { writeBuffer } = handle;
  handle.writeBuffer = (request, bytes) => {
    handle.writeBuffer = writeBuffer;
    if (request?.constructor?.name === 'WriteWrap') found(request.constructor as WriteRequestType);
    return writeBuffer.call(handle, request, bytes);
  };
}

/** What one shutdown is asked for with. */
interface ShutdownRequest {
  handle: unknown;
  oncomplete: (this: unknown, status: number) => void;
}

/** What one connect is asked for with. */
interface ConnectRequest {
  oncomplete: (this: unknown, status: number) => void;
}

/** A TCP handle, as far as a HandleSocket uses it. Each method returns 0 or a negative error number. */
export interface TcpHandle extends WritingHandle, ReadableHandle {
  /** Something was read, or reading failed: `StreamBinding.state` says what. Returns the buffer for the next read. */
  onread: (this: unknown) => Uint8Array | undefined;
  useUserBuffer(buffer: Uint8Array): void;
  readStop(): number;
  getsockname(into: object): number;
  setNoDelay(isOn: boolean): number;
  connect(request: ConnectRequest, address: string, port: number): number;
  connect6(request: ConnectRequest, address: string, port: number): number;
  shutdown(request: ShutdownRequest): number;
  /** Closes with a reset; refused while a shutdown is under way. */
  reset(onClosed?: () => void): number;
  close(onClosed?: () => void): void;
}

/** What node:net itself makes connections with. */
export interface StreamBinding {
  readonly Tcp: new (type: number) => TcpHandle;
  /** The type of a handle that connects. */
  readonly tcpSocket: number;
  readonly ConnectRequest: new () => ConnectRequest;
  readonly ShutdownRequest: new () => ShutdownRequest;
  readonly WriteRequest: WriteRequestType;
  /** At `sizeIndex` the bytes of the read that `onread` tells of, or a negative error number. */
  readonly state: Int32Array;
  readonly sizeIndex: number;
  /** At `asyncIndex` whether the write that was just asked for goes on; 0 if it is done. */
  readonly asyncIndex: number;
  readonly endOfFile: number;
}

/**
 * What node:net makes connections with, or null where it cannot be had or does not look as expected: on another
 * runtime, or under the permission model.
 */
export function findStreamBinding(): StreamBinding | null {
  try {
    const stream = bindingOf('stream_wrap');
    const tcp = bindingOf('tcp_wrap');
    const { streamBaseState: state, kReadBytesOrError: sizeIndex, kLastWriteWasAsync: asyncIndex } = stream;
    const { TCP, TCPConnectWrap, constants } = tcp;
    const types = [TCP, TCPConnectWrap, stream.ShutdownWrap, stream.WriteWrap];
    if (!types.every((type) => typeof type === 'function')) return null;
    const { SOCKET: tcpSocket } = constants as { SOCKET?: unknown };
    if (!(state instanceof Int32Array) || typeof tcpSocket !== 'number') return null;
    if (typeof sizeIndex !== 'number' || typeof asyncIndex !== 'number') return null;
    const Tcp = TCP as StreamBinding['Tcp'];
    if (!TCP_NEEDED.every((name) => typeof (Tcp.prototype as Record<string, unknown>)[name] === 'function'))
      return null;
    return {
      Tcp,
      tcpSocket,
      ConnectRequest: TCPConnectWrap as StreamBinding['ConnectRequest'],
      ShutdownRequest: stream.ShutdownWrap as StreamBinding['ShutdownRequest'],
      WriteRequest: stream.WriteWrap as WriteRequestType,
      state,
      sizeIndex,
      asyncIndex,
      endOfFile: END_OF_FILE,
    };
  } catch {
    return null;
  }
}

/** libuv's UV_EOF; it is the same on every system. */
const END_OF_FILE = -4095;

/** Its deprecation, which only `--pending-deprecation` tells of, is known: docs/decisions/private-handle.md. */
function bindingOf(name: string): Record<string, unknown> {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return (process as unknown as { binding(name: string): Record<string, unknown> }).binding(name);
  } finally {
    process.noDeprecation = noDeprecation;
  }
}

/** Whether an accepted handle can be used by a HandleSocket: it is of TCP, and not of a Unix-domain socket. */
export function isTcpHandle(handle: unknown, binding: StreamBinding): handle is TcpHandle {
  return handle instanceof binding.Tcp;
}

const NEEDED = ['readStart', 'readStop', 'useUserBuffer', 'close', 'writeBuffer', 'shutdown'];
const TCP_NEEDED = [...NEEDED, 'connect', 'connect6', 'reset', 'setNoDelay', 'getsockname', 'getpeername'];

/** A connection that the kernel has handed out, before any Socket is made for it. */
export interface AcceptedHandle {
  getpeername?(into: { address?: string; port?: number }): number;
  setNoDelay?(isOn: boolean): number;
  /** Closes with a reset; only TCP has it. */
  reset?(onClosed?: () => void): number;
  close(onClosed?: () => void): void;
}

interface ListeningHandle {
  /** Linux gives accepted sockets the TCP_NODELAY of their listener. */
  setNoDelay?(isOn: boolean): number;
  onconnection?: (this: unknown, status: number, handle: unknown) => void;
}

/**
 * Gives the connections of a listening server to `take` before node:net makes sockets of them: making one, and another
 * to read into our own buffers, costs more than all else that a new connection needs. What does not look as expected
 * goes the usual way.
 */
export function interceptAccepted(server: Server, take: (handle: AcceptedHandle) => void): void {
  const listening = (server as unknown as { _handle?: ListeningHandle | null })._handle;
  const usual = listening?.onconnection;
  if (listening === null || listening === undefined || typeof usual !== 'function') return;
  // A worker of node:cluster has no real listener, and must set it for each.
  const isInherited = process.platform === 'linux' && listening.setNoDelay?.(true) === 0;
  listening.onconnection = function (this: unknown, status, handle) {
    if (status === 0 && looksKnown(handle)) {
      if (!isInherited) handle.setNoDelay?.(true);
      take(handle);
    } else usual.call(this, status, handle);
  };
}

/** Options of a Socket that takes over an accepted handle; it starts to read at once. */
export function optionsFor(handle: AcceptedHandle): SocketConstructorOpts {
  return { handle } as unknown as SocketConstructorOpts;
}

export function isHandle(accepted: Socket | AcceptedHandle): accepted is AcceptedHandle {
  return !(accepted instanceof Socket);
}

function looksKnown(handle: unknown): handle is AcceptedHandle {
  if (typeof handle !== 'object' || handle === null) return false;
  return NEEDED.every((name) => typeof (handle as Record<string, unknown>)[name] === 'function');
}
