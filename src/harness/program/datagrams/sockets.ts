// Puts dgram's sockets on the simulated network: their native handles, which are bound to nothing yet, are replaced. So are those of
// sockets made earlier, of a class that extends dgram.Socket or by a copy of createSocket, when they are used.
import dgram from 'node:dgram';
import { installed } from '../facade.ts';
import type { Patches } from '../patches/patches.ts';
import { DatagramHandle } from './handle.ts';

type Method = (this: dgram.Socket, ...args: unknown[]) => unknown;

/** What a socket keeps under a symbol of Node's (lib/dgram.js). */
interface State {
  handle: NativeHandle | DatagramHandle | null;
  /** 0 until somebody binds it. */
  readonly bindState: number;
}

interface NativeHandle {
  readonly lookup: unknown;
  close(): void;
}

const { createSocket } = dgram;

/** Has dgram's sockets stand on the simulation. */
export function patchDatagrams(patches: Patches): void {
  patches.set(
    dgram,
    'createSocket',
    (...args: Parameters<typeof createSocket>): dgram.Socket => simulate(createSocket(...args)),
  );
  const prototype = dgram.Socket.prototype as unknown as Record<string, Method>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const { value } = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
    // A constructor is no method; close() of what was never used has nothing to simulate.
    if (typeof value !== 'function' || name === 'constructor' || name === 'close') continue;
    patches.set(prototype, name, function (...args) {
      return Reflect.apply(value, simulate(this), args);
    } satisfies Method);
  }
}

/** A socket of the simulation, whatever has become of `dgram.createSocket`. */
export function createDatagramSocket(type: dgram.SocketType): dgram.Socket {
  return simulate(createSocket(type));
}

/** Gives `socket` a simulated handle, unless it is bound or closed already: then Node's own answer is right. */
function simulate(socket: dgram.Socket): dgram.Socket {
  const state = stateOf(socket);
  const native = state?.handle ?? null;
  if (state === undefined || native === null || native instanceof DatagramHandle || state.bindState !== 0)
    return socket;
  const { type } = socket as unknown as { readonly type: dgram.SocketType };
  const handle = new DatagramHandle(installed().datagrams, socket, type === 'udp6' ? 6 : 4);
  // The socket, for the callbacks, under a symbol of Node's; and how it looks names up.
  for (const symbol of Object.getOwnPropertySymbols(native))
    Object.defineProperty(
      handle,
      symbol,
      Object.getOwnPropertyDescriptor(native, symbol) as PropertyDescriptor,
    );
  Object.assign(handle, { lookup: native.lookup });
  state.handle = handle;
  native.close();
  return socket;
}

function stateOf(socket: dgram.Socket): State | undefined {
  const symbol = Object.getOwnPropertySymbols(socket).find(
    ({ description }) => description === 'state symbol',
  );
  return symbol === undefined ? undefined : (socket as unknown as Record<symbol, State>)[symbol];
}
