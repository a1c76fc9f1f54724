// What would leave the simulation and cannot be taken into it: refused at the call.
import dgram from 'node:dgram';
import { callSite, captureStack, ProgramError } from './errors.ts';
import type { Patches } from './patches.ts';

/** Refuses datagrams; `onEscape` is told the call. */
export function patchOutside(patches: Patches, onEscape: (site: string) => void): void {
  const createSocket = (..._args: unknown[]): never => {
    const site = `dgram.createSocket() called ${callSite(captureStack(createSocket))}`;
    onEscape(site);
    throw new ProgramError('ERR_ESCAPED', `${site} would leave the simulation: it has no datagrams`);
  };
  patches.set(dgram, 'createSocket', createSocket);
}
