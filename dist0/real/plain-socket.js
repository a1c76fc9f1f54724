import { ignore } from './real-socket.js';
/**
 * An accepted socket through public API alone: 'data' events, each with memory of its own. About half as fast for
 * bulk as a RealSocket (docs/performance.md), and the same to a program.
 */
export function attachPlainSocket(socket, sink) {
  const { destroy, push } = socket;
  const { inbox } = sink;
  let hasEnded = false;
  let failure = null;
  const receive = (chunk) => {
    inbox.push(chunk);
    if (!sink.onBytes(0)) socket.pause();
  };
  /** A stream that a write has failed on never tells of its end. */
  const endFailed = () => {
    destroy.call(socket, failure ?? undefined);
    sink.onEndOfStream();
  };
  // Listening makes it flow.
  if (socket.readable) socket.on('data', receive);
  socket.once('end', () => sink.onEndOfStream());
  socket.on('error', ignore);
  socket.push = (chunk, encoding) => {
    if (chunk === null) hasEnded = true;
    if (chunk === null && failure !== null) process.nextTick(endFailed);
    return push.call(socket, chunk, encoding);
  };
  socket.destroy = (error) => {
    if (error !== undefined && error !== null && !socket.destroyed) {
      // read() gives what it returns to 'data' listeners as well.
      socket.off('data', receive);
      for (let rest = socket.read(); rest !== null; rest = socket.read()) inbox.push(rest);
      if (sink.onError(error)) {
        failure = error;
        socket.on('data', receive);
        if (hasEnded) process.nextTick(endFailed);
        return socket;
      }
    }
    return destroy.call(socket, error);
  };
  if (socket.readable) socket.resume();
  return socket;
}
