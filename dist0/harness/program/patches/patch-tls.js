import tls from 'node:tls';
import { adaptorPrototype } from './http2-internals.js';
/** A TLSSocket stands on a façade socket: the one it is given, or one of its own. */
export function patchTls(patches, facade, Facade) {
  const Adaptor = adaptorPrototype.constructor;
  const carriers = new WeakMap();
  const carry = (wrap, handle) => {
    if (wrap instanceof Facade) return { socket: wrap, adaptor: new Adaptor(wrap), isOwn: false };
    if (wrap === null) {
      if (handle !== undefined) return null;
      const socket = new facade.Socket({ allowHalfOpen: true });
      return { socket, adaptor: new Adaptor(socket), isOwn: true };
    }
    const adaptor = wrap;
    return adaptor.stream instanceof Facade ? { socket: adaptor.stream, adaptor, isOwn: false } : null;
  };
  const prototype = tls.TLSSocket.prototype;
  const { _wrapHandle: wrapHandle, _init: init, connect } = prototype;
  patches.set(prototype, '_wrapHandle', function (...args) {
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
  patches.set(prototype, '_init', function (socket, wrap) {
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
  patches.set(prototype, 'connect', function (...args) {
    const carrier = carriers.get(this);
    if (carrier?.isOwn !== true) return Reflect.apply(connect, this, args);
    dial(this, carrier.socket, args);
    return this;
  });
}
/** What a native handle would have told its TLSSocket: how the connect goes, and what breaks the connection. */
function follow(secure, { socket, adaptor }) {
  for (const event of ['lookup', 'connectionAttempt', 'connectionAttemptFailed', 'connectionAttemptTimeout'])
    socket.on(event, (...details) => secure.emit(event, ...details));
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
function dial(secure, socket, args) {
  const given = Array.isArray(args[0]) ? args[0] : args;
  const callback = given.at(-1);
  if (typeof callback === 'function') secure.once('connect', callback);
  const [options] = given;
  const rest = given.filter((value) => typeof value !== 'function' && value !== null);
  secure.connecting = true;
  if (typeof options === 'object' && options !== null)
    rest[0] = { ...options, onread: undefined, signal: undefined };
  Reflect.apply(socket.connect, socket, rest);
}
