// A Unix-domain socket's file outlives a process that was killed, and then keeps the next one from listening.
import { lstatSync, unlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { type Address, isUnixAddress } from '../../core/index.ts';

/** Removes the socket files among `addresses` behind which nobody listens. Settles with those that it removed. */
export async function removeStaleSockets(addresses: readonly Address[]): Promise<string[]> {
  const removed: string[] = [];
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
export function explainPath(path: string, code: string): string | null {
  if (kindOf(dirname(path)) === 'nothing') return `there is no folder ${dirname(path)}`;
  if (code !== 'EADDRINUSE') return null;
  return kindOf(path) === 'socket'
    ? 'another program listens there; stop it or choose another path'
    : 'there is a file of that name, and it is not a socket; choose another path';
}

function kindOf(path: string): 'socket' | 'other' | 'nothing' {
  try {
    return lstatSync(path).isSocket() ? 'socket' : 'other';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'nothing' : 'other';
  }
}

/** Only a refusal shows that nobody listens: whoever may not connect, or finds the backlog full, cannot tell. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('connect', () => resolve(true));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'));
    socket.once('connect', () => socket.destroy());
  });
}
