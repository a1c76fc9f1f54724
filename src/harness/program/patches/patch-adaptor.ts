// TLS and HTTP/2 over façade sockets stand on Node's own adaptor for streams without a native handle. Over a façade socket it is told
// what a native handle would tell: whether it is connected, addresses, what keeps a process alive, and when something is written.
import type net from 'node:net';
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import { type AdaptorSocket, http2Internals } from './http2-internals.ts';
import type { NativeReads } from './native-reads.ts';
import { secureModules } from './node-http.ts';
import type { Patches } from './patches.ts';

/** Has each adaptor that is put on a socket of class `Facade` behave as over a native socket, whoever puts it there. */
export function patchAdaptor(patches: Patches, Facade: new () => net.Socket, reads: NativeReads): void {
  const { adaptorPrototype, streamPrototype } = http2Internals();
  const { tls } = secureModules();
  for (const prototype of [streamPrototype, tls.TLSSocket.prototype])
    patches.wrap(prototype, 'push', (push: Duplex['push']) => reads.pushInTurn(push));
  // The adaptor's constructor assigns the stream below: then it is known.
  Object.defineProperty(adaptorPrototype, 'stream', {
    set(this: AdaptorSocket, stream: net.Socket) {
      Object.defineProperty(this, 'stream', {
        value: stream,
        writable: true,
        enumerable: true,
        configurable: true,
      });
      if (stream instanceof Facade) adopt(this, stream, reads);
    },
    configurable: true,
  });
  patches.onUndo(() => Reflect.deleteProperty(adaptorPrototype, 'stream'));
  patchWrites(patches, adaptorPrototype, Facade);
}

/** Where an adaptor keeps what finishes its write, if the socket below has taken all of it. */
const ACCEPTED: unique symbol = Symbol('accepted');

type Accepting = AdaptorSocket & { [ACCEPTED]?: (() => void) | null };

/**
 * The adaptor waits a turn of the event loop before it tells that something is written. Meanwhile TLS and HTTP/2 gather into one
 * segment, or drop, what they send in several over a native handle, which takes it at once. So does a façade socket.
 */
function patchWrites(patches: Patches, adaptorPrototype: AdaptorSocket, Facade: new () => net.Socket): void {
  const { doWrite } = adaptorPrototype;
  let request: symbol | undefined;
  patches.set(adaptorPrototype, 'doWrite', function (this: Accepting, write: object, chunks: Buffer[]) {
    request ??= Object.getOwnPropertySymbols(this).find(
      ({ description }) => description === 'kCurrentWriteRequest',
    );
    const { stream, _handle: handle } = this;
    if (!(stream instanceof Facade) || handle === null || stream.destroyed || request === undefined)
      return Reflect.apply(doWrite, this, [write, chunks]);
    // TLS answers a goodbye even after its own end has been sent; over a native handle nobody hears of the failure.
    if (stream.writableEnded) return -constants.errno.EPIPE;
    // TLS writes by itself, too, while another write is under way: the adaptor knows of the last one only.
    const requests = this as unknown as Record<symbol, object | null>;
    const lastRequest = request;
    const acceptEarlier = requests[lastRequest] === null ? null : this[ACCEPTED];
    let isOver = false;
    const finish = (code: number): void => {
      if (isOver) return;
      isOver = true;
      const last = requests[lastRequest];
      if (last === write) {
        this[ACCEPTED] = null;
        this.finishWrite(handle, code);
        // Nobody is left to hear of it once the adaptor has cancelled the last one, as it closes.
      } else if (last !== null) handle.finishWrite(write, code);
    };
    let left = chunks.length;
    stream.cork();
    for (const chunk of chunks)
      stream.write(chunk, (error) => {
        left -= 1;
        if (error != null) finish(errnoOf(error));
        else if (left === 0) finish(0);
      });
    stream.uncork();
    this[ACCEPTED] = () => {
      acceptEarlier?.();
      if (stream.writableLength === 0 && stream.errored === null) finish(0);
    };
    requests[lastRequest] = write;
    return 0;
  });
}

/** libuv's number of an error, on the systems where it is the negated errno. */
function errnoOf(error: Error): number {
  const { code = 'EPIPE' } = error as NodeJS.ErrnoException;
  return -((constants.errno as Record<string, number>)[code] ?? constants.errno.EPIPE);
}

function adopt(adaptor: Accepting, socket: net.Socket, reads: NativeReads): void {
  const { _handle: handle } = adaptor;
  if (handle === null) return;
  shareHandle(handle as SharedHandle, socket);
  takeOver(socket);
  // http2 shows the adaptor as its socket. Once destroyed it would sign off at the server, which the socket below does, too.
  const shown = socket as unknown as Record<string, unknown>;
  for (const key of ['server', '_server'])
    Object.defineProperty(adaptor, key, {
      get: () => (adaptor.destroyed ? null : shown[key]),
      set: (server: unknown) => {
        shown[key] = server;
      },
      configurable: true,
    });
  // Before the nextTick callbacks that the bytes have led to: over a native handle, the answer would have been sent by now.
  reads.feedInTurn(handle, () => adaptor[ACCEPTED]?.());
  if (!socket.pending || socket.destroyed) return;
  adaptor.connecting = true;
  socket.once('connect', () => {
    adaptor.connecting = false;
    adaptor.emit('connect');
    adaptor.emit('ready');
  });
}

/**
 * What reads from a native handle takes it over: whoever hears the socket's data or end, then or later, hears of no more. The last to
 * listen is the adaptor.
 */
function takeOver(socket: net.Socket): void {
  const adaptors = new Map(['data', 'end'].map((event) => [event, socket.rawListeners(event).at(-1)]));
  const { emit } = socket;
  socket.emit = (event: string, ...args: unknown[]): boolean => {
    const listener = adaptors.get(event);
    if (listener === undefined) return Reflect.apply(emit, socket, [event, ...args]);
    Reflect.apply(listener, socket, args);
    return true;
  };
}

/** What a native handle is asked; a TLSSocket's handle asks the one below. */
interface SharedHandle {
  getpeername?: unknown;
  getsockname?: unknown;
  hasRef?: unknown;
  ref?: unknown;
  unref?: unknown;
  setNoDelay?: unknown;
  setKeepAlive?: unknown;
}

function shareHandle(handle: SharedHandle, socket: net.Socket): void {
  const fill = (out: object, address: unknown, port: unknown, family: unknown): number => {
    if (address === undefined) return -1;
    Object.assign(out, { address, port, family });
    return 0;
  };
  let hasRef = true;
  const setRef = (isWanted: boolean): void => {
    hasRef = isWanted;
    if (isWanted) socket.ref();
    else socket.unref();
  };
  handle.ref = () => setRef(true);
  handle.unref = () => setRef(false);
  handle.hasRef = () => hasRef;
  handle.setNoDelay = (enable: boolean) => void socket.setNoDelay(enable);
  handle.setKeepAlive = (enable: boolean, delaySeconds: number) =>
    void socket.setKeepAlive(enable, delaySeconds * 1000);
  handle.getpeername = (out: object) =>
    fill(out, socket.remoteAddress, socket.remotePort, socket.remoteFamily);
  handle.getsockname = (out: object) => fill(out, socket.localAddress, socket.localPort, socket.localFamily);
}
