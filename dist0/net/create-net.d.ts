import { NetContext, type NetHost, type NetOptions } from './context.ts';
/** What `require('node:net')` gives, as far as it is documented. */
export type NetModule = typeof import('node:net');
/**
 * A module in the shape of `node:net` whose sockets and servers live on `host`: a simulated host, or anything else with
 * a transport and a clock. Given a function, it is asked for the host each time a socket is made or a server listens.
 *
 * No real socket, timer or clock is used. Events arrive from the event loop, as in Node.
 */
export declare function createNet(host: NetHost | (() => NetHost), options?: NetOptions): NetModule;
/** The context of a module that `createNet` made: its open handles and its lookup. */
export declare function contextOf(net: NetModule): NetContext;
/**
 * What makes a genuine `net.Server`, or one that inherits from it (http, https, http2), listen on the façade's host: to be
 * defined on the instance, or on `net.Server.prototype`. Its own `connection` event then gets the façade's sockets.
 */
export declare function serverMethodsOf(net: NetModule): PropertyDescriptorMap;
