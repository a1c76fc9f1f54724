// The façade under node:net, and under what is built on it: http agents, tls, and everybody's net.Server.
import net from 'node:net';
import { type NetModule, serverMethodsOf } from '../../../net/index.ts';
import { active } from '../active.ts';
import { noteSite } from '../errors.ts';
import { patchIdleTimeouts } from '../idle-timeout.ts';
import { http } from './node-http.ts';
import type { Patches } from './patches.ts';

/** Has node:net and its users make their sockets with `facade`. */
export function patchNet(patches: Patches, facade: NetModule): void {
  // Before `net.Socket` is another.
  const genuine = net.Socket.prototype;
  patchCopies(patches, net.Socket, facade);
  const Socket = makeSocketConstructor(facade);
  patches.setClass(net, 'Socket', Socket);
  patches.setClass(net, 'Stream', Socket);
  patches.set(net, 'connect', facade.connect);
  patches.set(net, 'createConnection', facade.createConnection);
  // Captured by node:http when it was loaded.
  patches.set(http.Agent.prototype, 'createConnection', facade.createConnection);
  // The servers of http, https, tls and http2 are net servers; their methods are found on the genuine prototype.
  const methods = serverMethodsOf(facade);
  for (const key of Reflect.ownKeys(methods))
    patches.set(net.Server.prototype, key, methods[key as string].value);
  for (const name of AUTO_SELECT_SETTINGS) patches.set(net, name, facade[name]);
  patchIdleTimeouts(patches, genuine);
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
    return Reflect.apply(this.connect, this, args);
  });
}

const AUTO_SELECT_SETTINGS = [
  'getDefaultAutoSelectFamily',
  'setDefaultAutoSelectFamily',
  'getDefaultAutoSelectFamilyAttemptTimeout',
  'setDefaultAutoSelectFamilyAttemptTimeout',
] as const;

/**
 * `net.Socket` while installed. Node's tls calls it off the module to initialize a TLSSocket: such a call reaches the
 * genuine constructor. A façade socket is `instanceof net.Socket`.
 */
function makeSocketConstructor(facade: NetModule): typeof net.Socket {
  const genuine = net.Socket;
  const Socket = function (this: unknown, ...args: unknown[]): unknown {
    const isSubclass = new.target === undefined ? this instanceof genuine : new.target !== Socket;
    // Put back by a spy, or copied.
    if (!isSubclass && active.line === null) return new genuine(...(args as [object]));
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
  // Node's own modules call methods that have no other name off `net.Socket.prototype`.
  for (const key of Object.getOwnPropertySymbols(genuine.prototype))
    if (!(key in Socket.prototype))
      Object.defineProperty(
        Socket.prototype,
        key,
        Object.getOwnPropertyDescriptor(genuine.prototype, key) as PropertyDescriptor,
      );
  Object.setPrototypeOf(Socket, facade.Socket);
  Object.defineProperty(Socket, 'name', { value: 'Socket' });
  Object.defineProperty(Socket, Symbol.hasInstance, {
    value(this: { prototype: object }, value: unknown): boolean {
      // For a class that extends it, as usual.
      if (this !== (Socket as never)) return Function.prototype[Symbol.hasInstance].call(this, value);
      return value instanceof genuine || value instanceof facade.Socket;
    },
  });
  return Socket as never;
}

interface NativeOptions extends net.SocketConstructorOpts {
  readonly handle?: object | null;
}

/** Whether a socket is to stand on something native that is no network: a child's pipe, a standard stream. */
function isOfProcess(options: unknown): options is NativeOptions {
  if (typeof options === 'number') return true;
  if (typeof options !== 'object' || options === null) return false;
  const { fd, handle } = options as NativeOptions;
  return fd != null || (handle != null && !('runInAsyncScope' in handle));
}

/** A child has not said everything before its pipes are closed: virtual time stands still until then. */
function makePipe(genuine: typeof net.Socket, options: NativeOptions): net.Socket {
  const socket = new genuine(options);
  if (options.handle == null) return socket;
  const release = active.quiet?.hold('a pipe to a child process, made', noteSite(makePipe));
  if (release !== undefined) socket.once('close', release);
  return socket;
}
