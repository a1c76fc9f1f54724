// A module in the shape of node:net over a transport.
import { EventEmitter } from 'node:events';
import { BlockList, Socket as GenuineSocket, isIP, isIPv4, isIPv6, SocketAddress } from 'node:net';
import { Duplex } from 'node:stream';
import { deprecate } from 'node:util';
import { checkBoolean, checkInt32, normalizeArguments } from './arguments.js';
import { CONTEXT, NetContext } from './context.js';
import { publishClientSocket } from './diagnostics.js';
import { FacadeServer } from './server.js';
import { FacadeSocket } from './socket.js';
import { streamOptions } from './socket-options.js';
import { STATE } from './socket-state.js';
/**
 * A module in the shape of `node:net` whose sockets and servers live on `host`: a simulated host, or anything else with
 * a transport and a clock. Given a function, it is asked for the host each time a socket is made or a server listens.
 *
 * No real socket, timer or clock is used. Events arrive from the event loop, as in Node.
 */
export function createNet(host, options = {}) {
  const context = new NetContext(host, (settings) => new Socket(settings), options);
  const Socket = makeSocketClass(context);
  const Server = makeServerClass(context);
  const connect = (...args) => {
    const normalized = normalizeArguments(args);
    const settings = normalized[0];
    const socket = new Socket(settings);
    publishClientSocket(socket);
    if (settings.timeout) socket.setTimeout(settings.timeout);
    // An aborted signal has destroyed it already; connecting would bring it back to life.
    return socket.destroyed ? socket : socket.connect(normalized);
  };
  const net = {
    Server,
    Socket,
    Stream: Socket,
    connect,
    createConnection: connect,
    createServer: (settings, listener) => new Server(settings, listener),
    BlockList,
    SocketAddress,
    isIP,
    isIPv4,
    isIPv6,
    ...autoSelectFamilySettings(context),
    _setSimultaneousAccepts: deprecate(
      () => undefined,
      'net._setSimultaneousAccepts() is deprecated and will be removed.',
      'DEP0121',
    ),
    _normalizeArgs: (args) => normalizeArguments(args),
  };
  Object.defineProperty(net, CONTEXT, { value: context });
  return net;
}
/** The context of a module that `createNet` made: its open handles and its lookup. */
export function contextOf(net) {
  return net[CONTEXT];
}
/**
 * What makes a genuine `net.Server`, or one that inherits from it (http, https, http2), listen on the façade's host: to be
 * defined on the instance, or on `net.Server.prototype`. Its own `connection` event then gets the façade's sockets.
 */
export function serverMethodsOf(net) {
  const own = Object.getOwnPropertyDescriptors(FacadeServer.prototype);
  const methods = SERVER_METHODS.map((name) => [name, Reflect.get(own, name)]);
  const context = { value: contextOf(net), configurable: true };
  return { ...Object.fromEntries(methods), [CONTEXT]: context };
}
const SERVER_METHODS = [
  'listen',
  'close',
  'address',
  'getConnections',
  'ref',
  'unref',
  '_emitCloseIfDrained',
  Symbol.asyncDispose,
];
/** A constructor that can also be called, with or without an instance, as Node's own. */
function makeSocketClass(context) {
  function Socket(options) {
    if (new.target !== undefined) return Reflect.construct(FacadeSocket, [options], new.target);
    if (!(this instanceof Socket)) return Reflect.construct(FacadeSocket, [options], Socket);
    Reflect.apply(Duplex, this, [streamOptions(options)]);
    this.initialize(options ?? {});
    return undefined;
  }
  const made = derive(Socket, FacadeSocket, context);
  if (TIMEOUT !== undefined)
    Object.defineProperty(made.prototype, TIMEOUT, {
      get() {
        return this[STATE]?.idleTimer ?? null;
      },
      configurable: true,
    });
  return made;
}
/** Where Node's own sockets keep their idle timer: a TLSSocket refreshes that of the socket it stands on, and some programs look. */
const TIMEOUT = Object.getOwnPropertySymbols(new GenuineSocket()).find(
  ({ description }) => description === 'timeout',
);
function makeServerClass(context) {
  function Server(options, listener) {
    if (new.target !== undefined) return Reflect.construct(FacadeServer, [options, listener], new.target);
    if (!(this instanceof Server)) return Reflect.construct(FacadeServer, [options, listener], Server);
    Reflect.apply(EventEmitter, this, [options]);
    this.initialize(options, listener);
    return undefined;
  }
  return derive(Server, FacadeServer, context);
}
function derive(callable, Base, context) {
  callable.prototype = Object.create(Base.prototype, {
    constructor: { value: callable, writable: true, configurable: true },
    [CONTEXT]: { value: context },
  });
  Object.setPrototypeOf(callable, Base);
  return callable;
}
function autoSelectFamilySettings(context) {
  return {
    getDefaultAutoSelectFamily: () => context.autoSelectFamily,
    setDefaultAutoSelectFamily(value) {
      context.autoSelectFamily = checkBoolean(value, 'value');
    },
    getDefaultAutoSelectFamilyAttemptTimeout: () => context.autoSelectFamilyAttemptTimeoutMs,
    setDefaultAutoSelectFamilyAttemptTimeout(value) {
      context.autoSelectFamilyAttemptTimeoutMs = Math.max(10, checkInt32(value, 'value', 1));
    },
  };
}
