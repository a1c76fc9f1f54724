import { EventEmitter } from 'node:events';
import { MULTICAST, OPTION_SETTERS } from './socket.js';

const METHODS = [
  ...OPTION_SETTERS,
  ...MULTICAST,
  'address',
  'disconnect',
  'getRecvBufferSize',
  'getSendBufferSize',
  'getSendQueueCount',
  'getSendQueueSize',
  'ref',
  'remoteAddress',
  'send',
  'unref',
];
/** Has genuine sockets that are not bound yet stand on simulated ones. */
export function patchDatagramCopies(patches, genuine, Datagrams) {
  const prototype = genuine.prototype;
  const twins = new WeakMap();
  const twinOf = (socket) => {
    const known = twins.get(socket);
    if (known !== undefined) return known;
    const state = stateOf(socket);
    // Bound before the installation, or closed: Node's own answer is right.
    if (state === undefined || state.bindState !== 0 || state.handle === null) return null;
    const twin = makeTwin(socket, state, Datagrams);
    twins.set(socket, twin);
    return twin;
  };
  const pass = (name, hasListener) => {
    const own = prototype[name];
    if (own === undefined) return;
    patches.set(prototype, name, function (...args) {
      const twin = twinOf(this);
      if (twin === null) return Reflect.apply(own, this, args);
      // On the genuine one, so that it is called on it.
      if (hasListener !== null && typeof args.at(-1) === 'function') this.once(hasListener, args.pop());
      const given = twin[name](...args);
      return given === twin ? this : given;
    });
  };
  for (const name of METHODS) pass(name, null);
  pass('bind', 'listening');
  pass('connect', 'connect');
  const { close } = prototype;
  patches.set(prototype, 'close', function (...args) {
    const twin = twinOf(this);
    // Closes the native handle, and emits 'close'. Throws if that has happened already.
    const given = Reflect.apply(close, this, args);
    twin?.close();
    return given;
  });
}
function makeTwin(socket, state, Datagrams) {
  const twin = new Datagrams({ type: socket.type, reuseAddr: state.reuseAddr });
  const emit = EventEmitter.prototype.emit;
  twin.emit = (event, ...args) => {
    // It listens to itself, but for errors, which are the program's.
    if (event !== 'error') emit.call(twin, event, ...args);
    return event !== 'close' && socket.emit(event, ...args);
  };
  return twin;
}
function stateOf(socket) {
  const symbol = Object.getOwnPropertySymbols(socket).find(
    ({ description }) => description === 'state symbol',
  );
  return symbol === undefined ? undefined : socket[symbol];
}
