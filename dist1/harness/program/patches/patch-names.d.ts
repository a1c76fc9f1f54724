import type { NetContext } from '../../../net/index.ts';
import type { DatagramSocketClass } from '../datagrams/socket.ts';
import type { Patches } from './patches.ts';
/** Has names resolve to simulated hosts; a resolver that was given servers asks those, by datagram. */
export declare function patchNames(
  patches: Patches,
  context: NetContext,
  Datagrams: DatagramSocketClass,
): void;
