// Programs of socket operations on both ends of one connection, one operation after another, each once everything is quiet.
import { type Address, DispatcherWithSend, StateError } from '../../src/core/index.ts';
import type { Actor } from './peers.ts';
import { LOOPBACK, type Peer, type Script, type World } from './world.ts';

export type Operation =
  | { readonly kind: 'send'; readonly sizeBytes: number }
  /** Receive so many bytes as they come, and then let the rest lie. */
  | { readonly kind: 'take'; readonly sizeBytes: number }
  /** Read what comes from now on, or let it lie. */
  | { readonly kind: 'read' | 'stop' }
  | { readonly kind: 'shutdown' | 'close' | 'abort' }
  /** Of one that buffers: close once everything is sent. */
  | { readonly kind: 'closeWhenDone' };

export type Step = { readonly end: 'client' | 'server' } & Operation;

/** Runs `steps`, then closes what is still open, the client first. What the two see is in `world.events`. */
export function runProgram(world: World, steps: readonly Step[], address: Address = LOOPBACK): void {
  const ends: Partial<Record<Step['end'], Peer>> = {};
  const script = (end: Step['end']): Script => ({
    onConnect: (peer) => {
      ends[end] = peer;
      peer.wantRead(false);
      if (ends.client !== undefined && ends.server !== undefined)
        world.afterQuiet(() => next(world, ends as Record<Step['end'], Peer>, [...steps, ...LAST]));
    },
    onEnd: () => {},
  });
  world.pair(script('client'), script('server'), address);
}

const LAST: readonly Step[] = [
  { end: 'client', kind: 'close' },
  { end: 'server', kind: 'close' },
];

function next(world: World, ends: Record<Step['end'], Peer>, steps: readonly Step[]): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  const peer = ends[step.end];
  if (!peer.closed) perform(peer, step);
  world.afterQuiet(() => next(world, ends, rest));
}

/** Does it to an open end. */
export function perform(peer: Actor, step: Operation): void {
  switch (step.kind) {
    case 'send':
      sendNoted(peer, step.sizeBytes);
      break;
    case 'take':
      peer.take(step.sizeBytes);
      break;
    case 'read':
      peer.wantRead(true);
      break;
    case 'stop':
      peer.wantRead(false);
      break;
    case 'shutdown':
      peer.shutdownWrite();
      break;
    case 'close':
      peer.close();
      break;
    case 'abort':
      peer.abort();
      break;
    case 'closeWhenDone':
      if (peer instanceof DispatcherWithSend) peer.closeWhenDone();
      break;
  }
}

/**
 * That a send comes too late is a mistake of the program. How much of it a broken connection takes is not
 * compared: known difference 'send-on-broken'.
 */
function sendNoted(peer: Actor, sizeBytes: number): void {
  try {
    peer.send(new Uint8Array(sizeBytes).fill(120));
    if (!(peer instanceof DispatcherWithSend)) peer.wantWrite(false);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    peer.note(error.code);
  }
}
