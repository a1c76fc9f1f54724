// Chooses how a file is read and written: regular files by position, pipes, FIFOs and terminals as streams.
//
// Node has no dup(2). A descriptor given by number is opened anew through /proc/self/fd where there is one (Linux): a
// handle of our own, at the same position, that neither shares the caller's later position nor turns the caller's
// descriptor non-blocking. Elsewhere the number itself is used, and never closed.
import {
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import type { SocketConstructorOpts } from 'node:net';
import { isatty, ReadStream, WriteStream } from 'node:tty';
import { checkInteger, checkText, show } from '../core/arguments.ts';
import { ArgumentError } from '../core/errors.ts';
import type { Endpoint, OpenFileOptions } from '../core/transport.ts';
import { FailedEndpoint } from './failed-endpoint.ts';
import { attachPlainSocket } from './plain-socket.ts';
import type { RealContext } from './real-context.ts';
import { RealEndpoint } from './real-endpoint.ts';
import { RealSocket } from './real-socket.ts';
import { type OpenedFile, RegularFile } from './regular-file.ts';
import { runSoon } from './system-clock.ts';
import { toTransportError } from './transport-error.ts';

const {
  O_ACCMODE = 3,
  O_APPEND,
  O_CREAT,
  O_EXCL,
  O_NOCTTY,
  O_NONBLOCK,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
} = constants as typeof constants & { O_ACCMODE?: number };

const FLAGS = ['r', 'w', 'a', 'r+', 'w+', 'a+'];

/** Opens a file of this machine. What the file system answers arrives as readiness. */
export function openRealFile(
  context: RealContext,
  file: string | number,
  options: OpenFileOptions,
): Endpoint {
  const { flags = 'r' } = options;
  if (!FLAGS.includes(flags))
    throw new ArgumentError(
      'ERR_INVALID_ARG_VALUE',
      `flags must be one of ${FLAGS.join(', ')}, got ${show(flags)}`,
    );
  if (typeof file === 'number') {
    checkInteger('file', file, 0, 2 ** 31 - 1);
    return openDescriptor(context, file);
  }
  checkText('file', file);
  const how = {
    flags,
    mayRead: flags === 'r' || flags.endsWith('+'),
    mayWrite: flags !== 'r',
    appends: flags.startsWith('a'),
    position: 0,
  };
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats !== undefined && isStream(stats)) return openStream(context, file, how, O_NOCTTY);
  } catch {
    // What cannot be looked at cannot be opened either, and opening it tells why.
  }
  return new RegularFile(context, file, how);
}

function isStream(stats: Stats): boolean {
  return stats.isFIFO() || stats.isCharacterDevice();
}

function openDescriptor(context: RealContext, descriptor: number): Endpoint {
  const name = `/proc/self/fd/${descriptor}`;
  try {
    const stats = fstatSync(descriptor);
    const how = existsSync(name) ? describeDescriptor(descriptor) : UNKNOWN;
    if (isStream(stats)) return openStream(context, existsSync(name) ? name : descriptor, how, 0);
    const path = existsSync(name) ? name : `/dev/fd/${descriptor}`;
    // At once, as dup(2) would: the caller may close its own right afterwards.
    return new RegularFile(context, path, how, openSync(path, how.flags));
  } catch (error) {
    return new FailedEndpoint(context, toTransportError(error, 'open', { path: `descriptor ${descriptor}` }));
  }
}

/** Where no more can be learnt about a descriptor, it is taken to be for reading. */
const UNKNOWN: OpenedFile = { flags: O_RDONLY, mayRead: true, mayWrite: false, appends: false, position: 0 };

/** From Linux's /proc/self/fdinfo: the position, and the flags in octal. */
function describeDescriptor(descriptor: number): OpenedFile {
  const info = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8');
  const position = Number(/^pos:\s*(\d+)/m.exec(info)?.[1] ?? 0);
  const flags = Number.parseInt(/^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0', 8);
  const access = flags & O_ACCMODE;
  return {
    flags: flags & ~(O_CREAT | O_EXCL | O_TRUNC),
    mayRead: access !== O_WRONLY,
    mayWrite: access !== O_RDONLY,
    appends: (flags & O_APPEND) !== 0,
    position,
  };
}

/** A FIFO without its other end: for reading it is open at once, for writing it is ENXIO. */
function openStream(
  context: RealContext,
  file: string | number,
  how: OpenedFile,
  moreFlags: number,
): Endpoint {
  const path = String(file);
  // A descriptor's writers may all be gone; a FIFO by its path may wait for its first.
  const isOurs = moreFlags === 0;
  try {
    const fd = typeof file === 'number' ? file : openSync(file, toBits(how) | O_NONBLOCK | moreFlags);
    if (isatty(fd)) {
      const socket = how.mayRead ? new ReadStream(fd) : new WriteStream(fd);
      // Node takes every terminal for one that can be read and written; trying it on this descriptor fails with ENOTCONN.
      if (!how.mayRead) socket.readable = false;
      if (!how.mayWrite) (socket as { writable: boolean }).writable = false;
      return new RealEndpoint(context, { path }, (sink) => attachPlainSocket(socket, sink));
    }
    if (fstatSync(fd).isCharacterDevice()) return new RegularFile(context, path, how);
    const early = how.mayRead ? readEarly(fd) : NOTHING_EARLY;
    const isReadable = how.mayRead && !(early.isOver && isOurs);
    const options = { fd, readable: isReadable, writable: how.mayWrite } as SocketConstructorOpts;
    return new RealEndpoint(context, { path }, (sink) => {
      for (const chunk of early.chunks) sink.inbox.push(chunk);
      runSoon(() => {
        if (early.chunks.length > 0) sink.onBytes(0);
        if (how.mayRead && !isReadable) sink.onEndOfStream();
      });
      return new RealSocket(sink, options);
    });
  } catch (error) {
    return new FailedEndpoint(context, toTransportError(error, 'open', { path }));
  }
}

interface EarlyBytes {
  readonly chunks: readonly Uint8Array[];
  /** Whether no writer is left. */
  readonly isOver: boolean;
}

const NOTHING_EARLY: EarlyBytes = { chunks: [], isOver: false };

/**
 * What is in a pipe already. Linux tells by poll that the writers have gone only to a reader that has seen one
 * (fs/pipe.c, pipe_poll), and a handle opened anew has not.
 */
function readEarly(fd: number): EarlyBytes {
  const chunks: Uint8Array[] = [];
  try {
    for (let count = 0; count < EARLY_READS_MAX; count += 1) {
      const chunk = new Uint8Array(65536);
      const size = readSync(fd, chunk);
      if (size === 0) return { chunks, isOver: true };
      chunks.push(chunk.subarray(0, size));
    }
  } catch {
    // EAGAIN: there are writers, and nothing is waiting. Another error meets the reader to come.
  }
  return { chunks, isOver: false };
}

/** A pipe holds 64 KiB, or 1 MiB where it was enlarged: that, and what a quick writer adds. */
const EARLY_READS_MAX = 32;

function toBits({ flags, mayRead, mayWrite }: OpenedFile): number {
  if (typeof flags === 'number') return flags;
  if (mayRead && mayWrite) return constants.O_RDWR;
  return mayWrite ? O_WRONLY : O_RDONLY;
}
