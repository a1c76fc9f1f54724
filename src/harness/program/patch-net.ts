// The façade under node:net, and under what is built on it: http agents, tls, and everybody's net.Server.
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { type NetModule, serverMethodsOf } from '../../net/index.ts';
import { active } from './active.ts';
import { captureStack } from './errors.ts';
import type { Patches } from './patches.ts';

/** Has node:net and its users make their sockets with `facade`. */
export function patchNet(patches: Patches, facade: NetModule): void {
  const guise: Guise = { isForeign: false };
  patchCopies(patches, net.Socket, facade);
  const Socket = makeSocketConstructor(facade, guise);
  patches.set(net, 'Socket', Socket);
  patches.set(net, 'Stream', Socket);
  patches.set(net, 'connect', facade.connect);
  patches.set(net, 'createConnection', facade.createConnection);
  // Captured by node:http when it was loaded.
  patches.set(http.Agent.prototype, 'createConnection', facade.createConnection);
  // The servers of http, https, tls and http2 are net servers; their methods are found on the genuine prototype.
  const methods = serverMethodsOf(facade);
  for (const key of Reflect.ownKeys(methods))
    patches.set(net.Server.prototype, key, methods[key as string].value);
  for (const name of AUTO_SELECT_SETTINGS) patches.set(net, name, facade[name]);
  patchTls(patches, facade, guise);
}

/**
 * `const { Socket, connect } = require('net')` at the top of a file is a copy that no installation reaches, but its sockets
 * call the genuine prototype's `connect`: there a plain one becomes the façade's. Both are the same stream below.
 */
function patchCopies(patches: Patches, { prototype }: typeof net.Socket, facade: NetModule): void {
  const { connect, setTimeout } = prototype;
  patches.set(prototype, 'connect', function (this: net.Socket, ...args: unknown[]): unknown {
    const isPlain = Object.getPrototypeOf(this) === prototype;
    if (!isPlain || (this as unknown as { _handle: object | null })._handle !== null)
      return Reflect.apply(connect, this, args);
    const timeoutMs = this.timeout ?? 0;
    Reflect.apply(setTimeout, this, [0]);
    Object.setPrototypeOf(this, facade.Socket.prototype);
    (this as unknown as { initialize(options: object): void }).initialize({});
    if (timeoutMs > 0) this.setTimeout(timeoutMs);
    // The genuine `net.connect` hands over its arguments as a list: options, and a callback or null.
    const [options, callback] = Array.isArray(args[0]) ? args[0] : [];
    const given = options === undefined ? args : callback === null ? [options] : [options, callback];
    return Reflect.apply(this.connect, this, given);
  });
}

const AUTO_SELECT_SETTINGS = [
  'getDefaultAutoSelectFamily',
  'setDefaultAutoSelectFamily',
  'getDefaultAutoSelectFamilyAttemptTimeout',
  'setDefaultAutoSelectFamilyAttemptTimeout',
] as const;

/** Whether a façade socket passes for a `net.Socket` at the moment. */
interface Guise {
  isForeign: boolean;
}

/**
 * `net.Socket` while installed. Node's tls calls it off the module to initialize a TLSSocket: such a call reaches the
 * genuine constructor. A façade socket is `instanceof net.Socket`, but not for tls: that would wait for its native handle.
 */
function makeSocketConstructor(facade: NetModule, guise: Guise): typeof net.Socket {
  const genuine = net.Socket;
  const Socket = function (this: unknown, ...args: unknown[]): unknown {
    const isSubclass = new.target === undefined ? this instanceof genuine : new.target !== Socket;
    if (!isSubclass && isOfProcess(args[0])) return makePipe(genuine, args[0]);
    if (new.target !== undefined) {
      const isGenuine = new.target.prototype instanceof genuine;
      return Reflect.construct(
        isGenuine ? genuine : facade.Socket,
        args,
        new.target === Socket ? facade.Socket : new.target,
      );
    }
    return Reflect.apply((this instanceof genuine ? genuine : facade.Socket) as never, this, args);
  };
  Socket.prototype = facade.Socket.prototype;
  Object.setPrototypeOf(Socket, facade.Socket);
  Object.defineProperty(Socket, 'name', { value: 'Socket' });
  Object.defineProperty(Socket, Symbol.hasInstance, {
    value(this: { prototype: object }, value: unknown): boolean {
      // For a class that extends it, as usual.
      if (this !== (Socket as never)) return Function.prototype[Symbol.hasInstance].call(this, value);
      return value instanceof genuine || (!guise.isForeign && value instanceof facade.Socket);
    },
  });
  return Socket as never;
}

interface NativeOptions extends net.SocketConstructorOpts {
  readonly handle?: object | null;
}

/** Whether a socket is to stand on something native that is no network: a child's pipe, a standard stream. */
function isOfProcess(options: unknown): options is NativeOptions {
  if (typeof options !== 'object' || options === null) return false;
  const { fd, handle } = options as NativeOptions;
  return fd != null || (handle != null && !('runInAsyncScope' in handle));
}

/** A child has not said everything before its pipes are closed: virtual time stands still until then. */
function makePipe(genuine: typeof net.Socket, options: NativeOptions): net.Socket {
  const socket = new genuine(options);
  if (options.handle == null) return socket;
  const release = active.quiet?.hold('a pipe to a child process, made', captureStack(makePipe));
  if (release !== undefined) socket.once('close', release);
  return socket;
}

type ConnectOptions = tls.ConnectionOptions & { path?: string; timeout?: number; signal?: AbortSignal };

/** `tls.connect` makes a façade socket unless it is given a socket; the rest of it is Node's. */
function patchTls(patches: Patches, facade: NetModule, guise: Guise): void {
  const { connect } = tls;
  patches.set(tls, 'connect', (...args: unknown[]): tls.TLSSocket => {
    const { options, callback } = normalize(args);
    if (options.socket) return connect(options, callback);
    const raw = facade.connect({ ...options, onread: undefined, signal: undefined } as never);
    const secure = connect({ ...options, socket: raw }, callback);
    followConnect(secure, raw);
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
    shareAddresses(this, socket as net.Socket);
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

/** What a TLSSocket over a native socket tells of the connect under it. */
function followConnect(secure: tls.TLSSocket, raw: net.Socket): void {
  const state = secure as { connecting: boolean };
  state.connecting = true;
  raw.once('connect', () => {
    state.connecting = false;
    secure.emit('connect');
    secure.emit('ready');
  });
  for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout'])
    raw.on(event, (...details: unknown[]) => secure.emit(event, ...details));
}

interface SecureSocket {
  _handle?: { getpeername?: unknown; getsockname?: unknown } | null;
}

/** The addresses of a TLSSocket are those of the socket under it. */
function shareAddresses(secure: SecureSocket, socket: net.Socket): void {
  const handle = secure._handle;
  if (!handle) return;
  const fill = (out: object, address: unknown, port: unknown, family: unknown): number => {
    if (address === undefined) return -1;
    Object.assign(out, { address, port, family });
    return 0;
  };
  handle.getpeername = (out: object) =>
    fill(out, socket.remoteAddress, socket.remotePort, socket.remoteFamily);
  handle.getsockname = (out: object) => fill(out, socket.localAddress, socket.localPort, socket.localFamily);
}
