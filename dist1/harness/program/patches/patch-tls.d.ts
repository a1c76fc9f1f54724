import type net from 'node:net';
import type { NetModule } from '../../../net/index.ts';
import type { Patches } from './patches.ts';
/** A TLSSocket stands on a façade socket: the one it is given, or one of its own. */
export declare function patchTls(patches: Patches, facade: NetModule, Facade: new () => net.Socket): void;
