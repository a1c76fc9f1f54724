// tls over façade sockets, by Node's own adaptor for streams without a native handle. `tls.connect`, `tls.Server` and TLSSocket are
// Node's; only what a TLSSocket puts its handle on is another, so that copies of these made earlier are reached, too.
import type net from 'node:net';
import type tls from 'node:tls';
import type { NetModule } from '../../../net/index.ts';
import { type AdaptorSocket, http2Internals } from './http2-internals.ts';
import { secureModules } from './node-http.ts';
import type { Patches } from './patches.ts';

type WrapArguments = [wrap: net.Socket | null, handle: object | undefined, hasWrites: boolean];

interface SecureSocket extends Omit<tls.TLSSocket, 'connecting'> {
  connecting: boolean;
  _handle: object | null;
  _wrapHandle(...args: WrapArguments): object;
  _init(socket?: net.Socket, wrap?: net.Socket | null): void;
  _unrefTimer(): void;
}

/** What a TLSSocket stands on. */
interface Carrier {
  readonly socket: net.Socket;
  readonly adaptor: AdaptorSocket;
  /** Whether the TLSSocket made it, and connects it. */
  readonly isOwn: boolean;
}

/** A TLSSocket stands on a façade socket: the one it is given, or one of its own. */
export function patchTls(patches: Patches, facade: NetModule, Facade: new () => net.Socket): void {
  const { TLSSocket } = secureModules().tls;
  const Adaptor = http2Internals().adaptorPrototype.constructor as new (stream: net.Socket) => AdaptorSocket;
  const carriers = new WeakMap<SecureSocket, Carrier>();
  const carry = (wrap: net.Socket | null, handle: object | undefined): Carrier | null => {
    if (wrap instanceof Facade) return { socket: wrap, adaptor: new Adaptor(wrap), isOwn: false };
    if (wrap === null) {
      if (handle !== undefined) return null;
      const socket = new facade.Socket({ allowHalfOpen: true });
      return { socket, adaptor: new Adaptor(socket), isOwn: true };
    }
    const adaptor = wrap as unknown as AdaptorSocket;
    return adaptor.stream instanceof Facade ? { socket: adaptor.stream, adaptor, isOwn: false } : null;
  };
  const prototype = TLSSocket.prototype as unknown as SecureSocket;
  const { _wrapHandle: wrapHandle, _init: init, connect } = prototype;
  patches.set(prototype, '_wrapHandle', function (this: SecureSocket, ...args: WrapArguments) {
    const [wrap, handle, hasWrites] = args;
    const carrier = carry(wrap, handle);
    if (carrier === null) return Reflect.apply(wrapHandle, this, args);
    carriers.set(this, carrier);
    const { adaptor, socket, isOwn } = carrier;
    // Before the adaptor tells, which takes a while.
    if (!isOwn) socket.on('close', () => this.destroy());
    // As over a native handle of its own: the adaptor below is closed by the TLSSocket, and does not close it.
    const wrapped = Reflect.apply(wrapHandle, this, [isOwn ? null : adaptor, adaptor._handle, hasWrites]);
    return Object.assign(wrapped, { _parentWrap: adaptor });
  });
  patches.set(prototype, '_init', function (this: SecureSocket, socket?: net.Socket, wrap?: net.Socket) {
    const carrier = carriers.get(this);
    if (carrier === undefined) {
      Reflect.apply(init, this, [socket, wrap]);
      return;
    }
    Reflect.apply(init, this, [socket, carrier.isOwn ? null : carrier.adaptor]);
    if (carrier.isOwn) follow(this, carrier);
    // TLS answers the peer's end with a goodbye of its own, and then ends. Only now: the TLSSocket has copied it.
    else carrier.socket.allowHalfOpen = true;
  });
  patches.set(prototype, 'connect', function (this: SecureSocket, ...args: unknown[]) {
    const carrier = carriers.get(this);
    if (carrier?.isOwn !== true) return Reflect.apply(connect, this, args);
    dial(this, carrier.socket, args);
    return this;
  });
}

/** What a native handle would have told its TLSSocket: how the connect goes, and what breaks the connection. */
function follow(secure: SecureSocket, { socket, adaptor }: Carrier): void {
  for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout'])
    socket.on(event, (...details: unknown[]) => secure.emit(event, ...details));
  adaptor.on('error', (error) => secure.destroy(error));
  socket.prependListener('close', () => {
    if (!adaptor.destroyed) secure.destroy();
  });
  socket.on('connect', () => {
    secure.connecting = false;
    secure._unrefTimer();
    secure.emit('connect');
    secure.emit('ready');
    if (secure.readable && !secure.isPaused()) secure.read(0);
  });
}

/** `secure.connect(…)` in all of net's forms. Node's own `tls.connect` hands over options and a callback. */
function dial(secure: SecureSocket, socket: net.Socket, args: unknown[]): void {
  const given = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const callback = given.at(-1);
  if (typeof callback === 'function') secure.once('connect', callback as () => void);
  const [options] = given;
  const rest = given.filter((value) => typeof value !== 'function' && value !== null);
  secure.connecting = true;
  if (typeof options === 'object' && options !== null)
    rest[0] = { ...options, onread: undefined, signal: undefined };
  Reflect.apply(socket.connect, socket, rest);
}
