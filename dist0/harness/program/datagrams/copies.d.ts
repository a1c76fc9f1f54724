import type dgram from 'node:dgram';
import type { Patches } from '../patches/patches.ts';
import { type DatagramSocketClass } from './socket.ts';
/** Has genuine sockets that are not bound yet stand on simulated ones. */
export declare function patchDatagramCopies(
  patches: Patches,
  genuine: typeof dgram.Socket,
  Datagrams: DatagramSocketClass,
): void;
