// The one place that leans on a private field of node:net, `_handle`, for two things. `onread` can be given only where
// a Socket is made, and Node makes the accepted ones by itself: their handle is moved to a Socket of our own. And
// whether a connection is still there is a question that public API answers from a cache.
import type { Socket, SocketConstructorOpts } from 'node:net';
import { RealSocket, type SocketSink } from './real-socket.ts';

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

/** Moves the handle of an accepted, paused socket to a RealSocket; null where this Node's handles look different. */
export function rewrapHandle(accepted: Socket, sink: SocketSink): RealSocket | null {
  const owner = accepted as unknown as WithHandle;
  const handle = owner._handle;
  if (!looksKnown(handle)) return null;
  owner._handle = null;
  const socket = new RealSocket(sink, { handle } as SocketConstructorOpts);
  // Without a handle this only counts the connection out of its server.
  accepted.destroy();
  return socket;
}

function looksKnown(handle: unknown): boolean {
  if (typeof handle !== 'object' || handle === null) return false;
  return NEEDED.every((name) => typeof (handle as Record<string, unknown>)[name] === 'function');
}
