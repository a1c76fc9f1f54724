// dgram on the simulated network. What would leave the simulation and cannot be taken into it is refused at the call.
import dgram from 'node:dgram';
import type { NetContext } from '../../../net/index.ts';
import type { Host } from '../../../sim/index.ts';
import { patchDatagramCopies } from '../datagrams/copies.ts';
import { DatagramNetwork } from '../datagrams/network.ts';
import { type DatagramSocketClass, makeDatagramSocket } from '../datagrams/socket.ts';
import { callSite, captureStack, ProgramError } from '../errors.ts';
import type { Patches } from './patches.ts';

export interface OutsideWorld {
  readonly context: NetContext;
  host(): Host;
  /** Is told each call that was refused. */
  onEscape(site: string): void;
}

/** Has datagrams go between simulated hosts, and gives the class of their sockets. */
export function patchOutside(patches: Patches, world: OutsideWorld): DatagramSocketClass {
  const refuse = (what: string): never => {
    const site = `${what} called ${callSite(captureStack(refuse))}`;
    world.onEscape(site);
    throw new ProgramError('ERR_ESCAPED', `${site} would leave the simulation: it has no multicast`);
  };
  const Socket = makeDatagramSocket({
    network: new DatagramNetwork(),
    context: world.context,
    host: world.host,
    refuse,
  });
  patchDatagramCopies(patches, dgram.Socket, Socket);
  patches.set(dgram, 'Socket', Socket);
  patches.set(
    dgram,
    'createSocket',
    (...args: ConstructorParameters<DatagramSocketClass>) => new Socket(...args),
  );
  return Socket;
}
