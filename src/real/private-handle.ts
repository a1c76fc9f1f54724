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
export function rereadsEnd(socket: Socket): boolean {
  const handle = (socket as unknown as WithHandle)._handle as Partial<ReadableHandle> | null | undefined;
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

const NEEDED = ['readStart', 'readStop', 'useUserBuffer', 'close', 'writeBuffer', 'shutdown'];

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
