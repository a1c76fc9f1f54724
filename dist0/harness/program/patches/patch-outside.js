// dgram on the simulated network.
import dgram from 'node:dgram';
import { patchDatagramCopies } from '../datagrams/copies.js';
import { DatagramSocket } from '../datagrams/socket.js';
/** Has datagrams go between simulated hosts. */
export function patchOutside(patches) {
  patchDatagramCopies(patches, dgram.Socket, DatagramSocket);
  patches.set(dgram, 'Socket', DatagramSocket);
  patches.set(dgram, 'createSocket', (...args) => new DatagramSocket(...args));
}
