// A Unix-domain socket's file outlives a process that was killed, and then keeps the next one from listening.
import { lstatSync, unlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { isUnixAddress } from '../../core/index.js';
/** Removes the socket files among `addresses` behind which nobody listens. Settles with those that it removed. */
export async function removeStaleSockets(addresses) {
  const removed = [];
  for (const address of addresses) {
    if (!isUnixAddress(address) || kindOf(address.path) !== 'socket') continue;
    if (await isServed(address.path)) continue;
    try {
      unlinkSync(address.path);
      removed.push(address.path);
    } catch {
      // Listening will say that the address is in use.
    }
  }
  return removed;
}
/** What a listening path's error does not say by itself, or null. */
export function explainPath(path, code) {
  if (kindOf(dirname(path)) === 'nothing') return `there is no folder ${dirname(path)}`;
  if (code !== 'EADDRINUSE') return null;
  return kindOf(path) === 'socket'
    ? 'another program listens there; stop it or choose another path'
    : 'there is a file of that name, and it is not a socket; choose another path';
}
function kindOf(path) {
  try {
    return lstatSync(path).isSocket() ? 'socket' : 'other';
  } catch (error) {
    return error.code === 'ENOENT' ? 'nothing' : 'other';
  }
}
/** Only a refusal shows that nobody listens: whoever may not connect, or finds the backlog full, cannot tell. */
function isServed(path) {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('connect', () => resolve(true));
    socket.once('error', (error) => resolve(error.code !== 'ECONNREFUSED'));
    socket.once('connect', () => socket.destroy());
  });
}
