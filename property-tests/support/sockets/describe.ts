// What sockets, servers and errors look like, without what differs from run to run: ports and temporary paths.
import type { Socket } from 'node:net';

const PROPERTIES = [
  'bytesRead',
  'bytesWritten',
  'readyState',
  'pending',
  'connecting',
  'destroyed',
  'closed',
  'readable',
  'readableFlowing',
  'readableEnded',
  'readableAborted',
  'readableDidRead',
  'readableLength',
  'readableHighWaterMark',
  'writable',
  'writableEnded',
  'writableFinished',
  'writableAborted',
  'writableLength',
  'writableNeedDrain',
  'bufferSize',
  'allowHalfOpen',
  'timeout',
  'localAddress',
  'localFamily',
  'remoteAddress',
  'remoteFamily',
] as const satisfies readonly (keyof Socket)[];

export function describeSocket(socket: Socket): string {
  const values = PROPERTIES.map((name) => `${name} ${socket[name]}`);
  values.push(`paused ${socket.isPaused()}`, `errored ${describeError(socket.errored)}`);
  values.push(`port ${typeof socket.remotePort}`, `address ${Object.keys(socket.address()).join()}`);
  return values.join(', ');
}

export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, errno, name, message } = error as NodeJS.ErrnoException;
  const nested = error instanceof AggregateError ? ` of [${error.errors.map(describeError).join('; ')}]` : '';
  return `${name} ${code} ${errno} ${syscall} "${message.replace(/:\d+\b/g, ':PORT').replace(/ \/\S+/g, ' PATH')}"${nested}`;
}
