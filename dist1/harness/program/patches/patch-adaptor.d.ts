import type net from 'node:net';
import type { Patches } from './patches.ts';
/** Has each adaptor that is put on a socket of class `Facade` behave as over a native socket, whoever puts it there. */
export declare function patchAdaptor(patches: Patches, Facade: new () => net.Socket): void;
