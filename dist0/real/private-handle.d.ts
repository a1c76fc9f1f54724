import { type Server, Socket, type SocketConstructorOpts } from 'node:net';
/**
 * Whether an end of stream was only libuv's guess, and the kernel is being asked for its own answer, which comes as
 * another end or as an error. libuv before 1.52 takes "hung up, and fewer bytes read than asked for" for the end,
 * also when it was a reset that came right behind the bytes: a stream that was cut would look complete.
 */
export declare function rereadsEnd(handle: unknown): boolean;
interface ReadableHandle {
  getpeername(into: object): number;
  readStart(): number;
}
/** What one write is asked for with; Node's own class. */
export interface WriteRequest {
  handle: unknown;
  oncomplete: (status: number) => void;
  buffer: Uint8Array | undefined;
}
export type WriteRequestType = new () => WriteRequest;
/** A handle as far as it is written to. */
export interface WritingHandle {
  /** Writes what the kernel takes at once; the rest is queued, and `request.oncomplete` tells when it is written. */
  writeBuffer(request: WriteRequest, bytes: Uint8Array): number;
  readonly writeQueueSize: number;
}
export declare function handleOf(socket: Socket): unknown;
/** Finds out, at the socket's next write, with what class node:net asks for writes. */
export declare function captureWriteRequest(socket: Socket, found: (type: WriteRequestType) => void): void;
/** What one shutdown is asked for with. */
interface ShutdownRequest {
  handle: unknown;
  oncomplete: (status: number) => void;
}
/** What one connect is asked for with. */
interface ConnectRequest {
  oncomplete: (status: number) => void;
}
/** A TCP handle, as far as a HandleSocket uses it. Each method returns 0 or a negative error number. */
export interface TcpHandle extends WritingHandle, ReadableHandle {
  /** Something was read, or reading failed: `StreamBinding.state` says what. Returns the buffer for the next read. */
  onread: () => Uint8Array | undefined;
  useUserBuffer(buffer: Uint8Array): void;
  readStop(): number;
  getsockname(into: object): number;
  setNoDelay(isOn: boolean): number;
  connect(request: ConnectRequest, address: string, port: number): number;
  connect6(request: ConnectRequest, address: string, port: number): number;
  shutdown(request: ShutdownRequest): number;
  /** Closes with a reset; refused while a shutdown is under way. */
  reset(onClosed: () => void): number;
  close(onClosed: () => void): void;
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
  readonly endOfFile: number;
}
/**
 * What node:net makes connections with, or null where it cannot be had or does not look as expected: on another
 * runtime, or under the permission model.
 */
export declare function findStreamBinding(): StreamBinding | null;
/** Whether an accepted handle can be used by a HandleSocket: it is of TCP, and not of a Unix-domain socket. */
export declare function isTcpHandle(handle: unknown, binding: StreamBinding): handle is TcpHandle;
/** A connection that the kernel has handed out, before any Socket is made for it. */
export interface AcceptedHandle {
  getpeername?(into: { address?: string; port?: number }): number;
  setNoDelay?(isOn: boolean): number;
  /** Closes with a reset; only TCP has it. */
  reset?(onClosed?: () => void): number;
  close(onClosed?: () => void): void;
}
/**
 * Gives the connections of a listening server to `take` before node:net makes sockets of them: making one, and another
 * to read into our own buffers, costs more than all else that a new connection needs. What does not look as expected
 * goes the usual way.
 */
export declare function interceptAccepted(server: Server, take: (handle: AcceptedHandle) => void): void;
/** Options of a Socket that takes over an accepted handle; it starts to read at once. */
export declare function optionsFor(handle: AcceptedHandle): SocketConstructorOpts;
export declare function isHandle(accepted: Socket | AcceptedHandle): accepted is AcceptedHandle;
