// tls over façade sockets, by Node's own adaptor for streams without a native handle. What a native handle would have told the
// TLSSocket (whether it is connected, addresses, what keeps a process alive) is told here.
import type net from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { NetModule } from '../../net/index.ts';
import type { Patches } from './patches.ts';

/** Whether a façade socket passes for a `net.Socket` at the moment. */
export interface Guise {
  isForeign: boolean;
}

type ConnectOptions = tls.ConnectionOptions & { path?: string; timeout?: number; signal?: AbortSignal };

/** `tls.connect` makes a façade socket unless it is given a socket; the rest of it is Node's. */
export function patchTls(patches: Patches, facade: NetModule, guise: Guise): void {
  const { connect } = tls;
  patches.set(tls, 'connect', (...args: unknown[]): tls.TLSSocket => {
    const { options, callback } = normalize(args);
    if (options.socket) return connect(options, callback);
    const raw = dial(facade, options, connect);
    let secure: tls.TLSSocket;
    try {
      secure = connect({ ...options, socket: raw }, callback);
    } catch (error) {
      raw.destroy();
      throw error;
    }
    followConnect(secure, raw);
    secure.once('close', () => raw.connecting && raw.destroy());
    if (options.timeout) secure.setTimeout(options.timeout);
    return secure;
  });
  const prototype = tls.TLSSocket.prototype as unknown as {
    _init(socket: unknown, wrap: unknown): void;
  };
  const init = prototype._init;
  patches.set(prototype, '_init', function (this: SecureSocket, socket: unknown, wrap: unknown) {
    guise.isForeign = true;
    try {
      Reflect.apply(init, this, [socket, wrap]);
    } finally {
      guise.isForeign = false;
    }
    if (!(socket instanceof (Object.getPrototypeOf(facade.Socket) as never))) return;
    shareHandle(this, socket as net.Socket);
    awaitConnect(this, socket as net.Socket);
    // TLS answers the peer's end with a goodbye of its own, and then ends. Only now: the TLSSocket has copied it.
    (socket as net.Socket).allowHalfOpen = true;
  });
}

/** `(options, callback)`, `(port, host, options, callback)`, `(path, options, callback)`. */
function normalize(args: unknown[]): { options: ConnectOptions; callback: (() => void) | undefined } {
  const callback = args.find((value) => typeof value === 'function') as (() => void) | undefined;
  const options: ConnectOptions = {};
  args.forEach((value, index) => {
    if (typeof value === 'object' && value !== null) Object.assign(options, value);
    else if (index === 0 && value !== undefined) {
      if (typeof value === 'string' && Number.isNaN(Number(value))) options.path = value;
      else options.port = Number(value);
    } else if (index === 1 && typeof value === 'string') options.host = value;
  });
  return { options, callback };
}

/** Connects below TLS. Of bad options, those of TLS are told first, as by Node. */
function dial(facade: NetModule, options: ConnectOptions, connect: typeof tls.connect): net.Socket {
  try {
    return facade.connect({ ...options, onread: undefined, signal: undefined } as never);
  } catch (error) {
    connect({
      ...options,
      socket: new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() }),
    }).destroy();
    throw error;
  }
}

/** A socket that is not connected yet gets the handshake once it is. */
function awaitConnect(secure: SecureSocket, socket: net.Socket): void {
  if (!socket.pending || socket.destroyed) return;
  secure.connecting = true;
  socket.once('connect', () => {
    secure.connecting = false;
    secure.emit('connect');
    secure.emit('ready');
  });
}

/** What a TLSSocket over a native socket tells of the connect under it. */
function followConnect(secure: tls.TLSSocket, raw: net.Socket): void {
  for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout'])
    raw.on(event, (...details: unknown[]) => secure.emit(event, ...details));
}

interface SecureSocket {
  connecting: boolean;
  emit(event: string): boolean;
  _handle?: {
    getpeername?: unknown;
    getsockname?: unknown;
    hasRef?: unknown;
    ref?: unknown;
    unref?: unknown;
    setNoDelay?: unknown;
    setKeepAlive?: unknown;
  } | null;
}

/** The addresses of a socket that Node has put on a façade socket, and whether it keeps a process alive, are those of that one. */
export function shareHandle(secure: SecureSocket, socket: net.Socket): void {
  const handle = secure._handle;
  if (!handle) return;
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
