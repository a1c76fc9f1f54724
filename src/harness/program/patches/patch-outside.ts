// dgram on the simulated network.
import dgram from 'node:dgram';
import { patchDatagramCopies } from '../datagrams/copies.ts';
import { DatagramSocket } from '../datagrams/socket.ts';
import type { Patches } from './patches.ts';

/** Has datagrams go between simulated hosts. */
export function patchOutside(patches: Patches): void {
  patchDatagramCopies(patches, dgram.Socket, DatagramSocket);
  patches.setClass(dgram, 'Socket', DatagramSocket);
  patches.set(
    dgram,
    'createSocket',
    (...args: ConstructorParameters<typeof DatagramSocket>) => new DatagramSocket(...args),
  );
}
