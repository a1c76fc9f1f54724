export type { NetContext, NetHost, NetOptions } from './context.ts';
export { contextOf, createNet, type NetModule, serverMethodsOf } from './create-net.ts';
export type { Lookup, LookupAddress, LookupCallback, LookupOptions } from './lookup.ts';
export type { OpenHandle } from './open-handle.ts';
export type { SocketFileSystem } from './socket-files.ts';
export { betweenCallbacks } from './task.ts';
