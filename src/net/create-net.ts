// A module in the shape of node:net over a transport.

import { EventEmitter } from 'node:events';
import { BlockList, Socket as GenuineSocket, isIP, isIPv4, isIPv6, SocketAddress } from 'node:net';
import { Duplex } from 'node:stream';
import { deprecate } from 'node:util';
import { checkMethod, checkOptions } from '../core/arguments.ts';
import { checkBoolean, checkInt32, normalizeArguments } from './arguments.ts';
import { CONTEXT, NetContext, type NetHost, type NetOptions } from './context.ts';
import { publishClientSocket } from './diagnostics.ts';
import { FacadeServer, type ServerOptions } from './server.ts';
import { FacadeSocket } from './socket.ts';
import { type SocketOptions, streamOptions } from './socket-options.ts';
import { STATE } from './socket-state.ts';
import { addTypeOfService } from './type-of-service.ts';

/** What `require('node:net')` gives, as far as it is documented. */
export type NetModule = typeof import('node:net');

/**
 * A module in the shape of `node:net` whose sockets and servers live on `host`: a simulated host, or anything else with
 * a transport and a clock. Given a function, it is asked for the host each time a socket is made or a server listens.
 *
 * No real socket, timer or clock is used. Events arrive from the event loop, as in Node.
 */
export function createNet(host: NetHost | (() => NetHost), options: NetOptions = {}): NetModule {
  if (typeof host !== 'function')
    checkMethod(
      'host',
      host,
      host?.transport?.connect,
      'a host, such as sim.host(name), or a function that gives one',
    );
  checkOptions('options', options);
  const context: NetContext = new NetContext(host, (settings) => new Socket(settings), options);
  const Socket = makeSocketClass(context);
  const Server = makeServerClass(context);
  const connect = (...args: unknown[]): FacadeSocket => {
    const normalized = normalizeArguments(args);
    const settings = normalized[0] as SocketOptions & { timeout?: number };
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
    createServer: (settings?: ServerOptions, listener?: () => void) => new Server(settings, listener),
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
    _normalizeArgs: (args: unknown[]) => normalizeArguments(args),
  };
  Object.defineProperty(net, CONTEXT, { value: context });
  return net as unknown as NetModule;
}

/** The context of a module that `createNet` made: its open handles and its lookup. */
export function contextOf(net: NetModule): NetContext {
  return (net as unknown as { readonly [CONTEXT]: NetContext })[CONTEXT];
}

/**
 * What makes a genuine `net.Server`, or one that inherits from it (http, https, http2), listen on the façade's host: to be
 * defined on the instance, or on `net.Server.prototype`. Its own `connection` event then gets the façade's sockets.
 */
export function serverMethodsOf(net: NetModule): PropertyDescriptorMap {
  const own = Object.getOwnPropertyDescriptors(FacadeServer.prototype);
  const methods = SERVER_METHODS.map((name) => [name, Reflect.get(own, name) as PropertyDescriptor]);
  const context: PropertyDescriptor = { value: contextOf(net), configurable: true };
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
] as const;

type Constructor<Options, Instance> = {
  new (...args: Options[]): Instance;
  prototype: Instance;
};

/** A constructor that can also be called, with or without an instance, as Node's own. */
function makeSocketClass(context: NetContext): Constructor<SocketOptions | undefined, FacadeSocket> {
  function Socket(this: unknown, options?: SocketOptions): unknown {
    if (new.target !== undefined) return Reflect.construct(FacadeSocket, [options], new.target);
    if (!(this instanceof Socket)) return Reflect.construct(FacadeSocket, [options], Socket);
    Reflect.apply(Duplex as unknown as () => void, this, [streamOptions(options)]);
    (this as unknown as FacadeSocket).initialize(options ?? {});
    return undefined;
  }
  const made = derive(Socket, FacadeSocket, context);
  if ('setTypeOfService' in GenuineSocket.prototype) addTypeOfService(made.prototype);
  if (TIMEOUT !== undefined)
    Object.defineProperty(made.prototype, TIMEOUT, {
      get(this: FacadeSocket) {
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

function makeServerClass(context: NetContext): Constructor<unknown, FacadeServer> {
  function Server(this: unknown, options?: ServerOptions, listener?: () => void): unknown {
    if (new.target !== undefined) return Reflect.construct(FacadeServer, [options, listener], new.target);
    if (!(this instanceof Server)) return Reflect.construct(FacadeServer, [options, listener], Server);
    Reflect.apply(EventEmitter as unknown as () => void, this, [options]);
    (this as unknown as FacadeServer).initialize(options, listener);
    return undefined;
  }
  return derive(Server, FacadeServer, context);
}

function derive<Options, Instance>(
  callable: (...args: never[]) => unknown,
  Base: { prototype: Instance },
  context: NetContext,
): Constructor<Options, Instance> {
  callable.prototype = Object.create(Base.prototype as object, {
    constructor: { value: callable, writable: true, configurable: true },
    [CONTEXT]: { value: context },
  });
  Object.setPrototypeOf(callable, Base);
  return callable as unknown as Constructor<Options, Instance>;
}

function autoSelectFamilySettings(context: NetContext): object {
  return {
    getDefaultAutoSelectFamily: () => context.autoSelectFamily,
    setDefaultAutoSelectFamily(value: unknown): void {
      context.autoSelectFamily = checkBoolean(value, 'value');
    },
    getDefaultAutoSelectFamilyAttemptTimeout: () => context.autoSelectFamilyAttemptTimeoutMs,
    setDefaultAutoSelectFamilyAttemptTimeout(value: unknown): void {
      context.autoSelectFamilyAttemptTimeoutMs = Math.max(10, checkInt32(value, 'value', 1));
    },
  };
}
