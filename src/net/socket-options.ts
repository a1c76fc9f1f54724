import type { DuplexOptions } from 'node:stream';
import { checkInt32 } from './arguments.ts';
import { invalidArgValue } from './node-errors.ts';
import type { Origin } from './open-handle.ts';
import type { OnReadOptions } from './socket-reader.ts';
import type { StreamHandle } from './stream-handle.ts';

export interface SocketOptions extends DuplexOptions {
  /** An accepted connection. */
  handle?: StreamHandle;
  /** @internal Where the server was told to listen that has accepted it. */
  acceptedBy?: Origin;
  onread?: OnReadOptions;
  noDelay?: boolean;
  keepAlive?: boolean;
  keepAliveInitialDelay?: number;
  signal?: AbortSignal;
  readable?: boolean;
  writable?: boolean;
  pauseOnCreate?: boolean;
  manualStart?: boolean;
  fd?: number;
}

/** A delay in milliseconds as Node hands it to the system: whole seconds in 32 bits, so that Infinity is 0. */
export function keepAliveSeconds(delayMs: unknown): number {
  return Math.max(0, (Number(delayMs) / 1000) | 0);
}

/** What the constructor was given, as options. */
export function socketOptions(options: SocketOptions | number | undefined): SocketOptions {
  return typeof options === 'number' ? { fd: options } : (options ?? {});
}

/** What the stream below is made with; throws on what a socket cannot be. */
export function streamOptions(given: SocketOptions | number | undefined): DuplexOptions {
  const options = socketOptions(given);
  for (const mode of ['objectMode', 'readableObjectMode', 'writableObjectMode'] as const) {
    if (options[mode]) throw invalidArgValue(`options.${mode}`, options[mode], 'is not supported');
  }
  if (options.fd !== undefined) {
    checkInt32(options.fd, 'fd', 0);
    throw invalidArgValue('options.fd', options.fd, 'cannot be used: this network has no file descriptors');
  }
  // All that a stream looks at, and nothing else: an agent's options have many keys, and no two agents' the same ones.
  const { read, write, writev, final, destroy, construct } = options;
  const { readable, writable, highWaterMark, readableHighWaterMark, writableHighWaterMark } = options;
  const { encoding, defaultEncoding, captureRejections } = options as DuplexOptions & StreamExtras;
  const made: DuplexOptions & StreamExtras = {
    read,
    write,
    writev,
    final,
    destroy,
    construct,
    readable,
    writable,
    highWaterMark,
    readableHighWaterMark,
    writableHighWaterMark,
    encoding,
    defaultEncoding,
    captureRejections,
    allowHalfOpen: Boolean(options.allowHalfOpen),
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
  };
  return made;
}

/** What Node's streams and emitters take besides. */
interface StreamExtras {
  captureRejections?: boolean;
  readable?: boolean;
  writable?: boolean;
}
