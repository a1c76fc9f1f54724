// The one place that leans on a private field of node:net, `_handle`, for three things. `onread` can be given only where
// a Socket is made, and Node makes the accepted ones by itself: their handles are taken before it does. And
// whether a connection is still there is a question that public API answers from a cache. And a small write costs less
// without the stream around it.
import { Socket } from 'node:net';
/**
 * Whether an end of stream was only libuv's guess, and the kernel is being asked for its own answer, which comes as
 * another end or as an error. libuv before 1.52 takes "hung up, and fewer bytes read than asked for" for the end,
 * also when it was a reset that came right behind the bytes: a stream that was cut would look complete.
 */
export function rereadsEnd(handle) {
  return asksAgain(handle);
}
function asksAgain(handle) {
  if (typeof handle?.getpeername !== 'function' || typeof handle.readStart !== 'function') return false;
  // A peer's address that is still there means that the connection is not over, so it was no hang-up.
  return handle.getpeername({}) !== 0 && handle.readStart() === 0;
}
export function handleOf(socket) {
  return socket._handle;
}
/** Finds out, at the socket's next write, with what class node:net asks for writes. */
export function captureWriteRequest(socket, found) {
  const handle = handleOf(socket);
  if (typeof handle?.writeBuffer !== 'function' || typeof handle.writeQueueSize !== 'number') return;
  const { writeBuffer } = handle;
  handle.writeBuffer = (request, bytes) => {
    handle.writeBuffer = writeBuffer;
    if (request?.constructor?.name === 'WriteWrap') found(request.constructor);
    return writeBuffer.call(handle, request, bytes);
  };
}
/**
 * What node:net makes connections with, or null where it cannot be had or does not look as expected: on another
 * runtime, or under the permission model.
 */
export function findStreamBinding() {
  try {
    const stream = bindingOf('stream_wrap');
    const tcp = bindingOf('tcp_wrap');
    const { streamBaseState: state, kReadBytesOrError: sizeIndex } = stream;
    const { TCP, TCPConnectWrap, constants } = tcp;
    const types = [TCP, TCPConnectWrap, stream.ShutdownWrap, stream.WriteWrap];
    if (!types.every((type) => typeof type === 'function')) return null;
    const { SOCKET: tcpSocket } = constants;
    if (!(state instanceof Int32Array) || typeof sizeIndex !== 'number' || typeof tcpSocket !== 'number')
      return null;
    const Tcp = TCP;
    if (!TCP_NEEDED.every((name) => typeof Tcp.prototype[name] === 'function')) return null;
    return {
      Tcp,
      tcpSocket,
      ConnectRequest: TCPConnectWrap,
      ShutdownRequest: stream.ShutdownWrap,
      WriteRequest: stream.WriteWrap,
      state,
      sizeIndex,
      endOfFile: END_OF_FILE,
    };
  } catch {
    return null;
  }
}
/** libuv's UV_EOF; it is the same on every system. */
const END_OF_FILE = -4095;
/** Its deprecation, which only `--pending-deprecation` tells of, is known: docs/decisions/private-handle.md. */
function bindingOf(name) {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return process.binding(name);
  } finally {
    process.noDeprecation = noDeprecation;
  }
}
/** Whether an accepted handle can be used by a HandleSocket: it is of TCP, and not of a Unix-domain socket. */
export function isTcpHandle(handle, binding) {
  return handle instanceof binding.Tcp;
}
const NEEDED = ['readStart', 'readStop', 'useUserBuffer', 'close', 'writeBuffer', 'shutdown'];
const TCP_NEEDED = [...NEEDED, 'connect', 'connect6', 'reset', 'setNoDelay', 'getsockname', 'getpeername'];
/**
 * Gives the connections of a listening server to `take` before node:net makes sockets of them: making one, and another
 * to read into our own buffers, costs more than all else that a new connection needs. What does not look as expected
 * goes the usual way.
 */
export function interceptAccepted(server, take) {
  const listening = server._handle;
  const usual = listening?.onconnection;
  if (listening === null || listening === undefined || typeof usual !== 'function') return;
  // A worker of node:cluster has no real listener, and must set it for each.
  const isInherited = process.platform === 'linux' && listening.setNoDelay?.(true) === 0;
  listening.onconnection = function (status, handle) {
    if (status === 0 && looksKnown(handle)) {
      if (!isInherited) handle.setNoDelay?.(true);
      take(handle);
    } else usual.call(this, status, handle);
  };
}
/** Options of a Socket that takes over an accepted handle; it starts to read at once. */
export function optionsFor(handle) {
  return { handle };
}
export function isHandle(accepted) {
  return !(accepted instanceof Socket);
}
function looksKnown(handle) {
  if (typeof handle !== 'object' || handle === null) return false;
  return NEEDED.every((name) => typeof handle[name] === 'function');
}
