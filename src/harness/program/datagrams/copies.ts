// Sockets of the genuine dgram: of a class that extends dgram.Socket, or of a copy of createSocket, made before the installation. Each gets a
// simulated twin, to which its methods go and whose events it emits. Its native handle is never bound; a `lookup` of its own is not used.
import type dgram from 'node:dgram';
import { EventEmitter } from 'node:events';
import type { Patches } from '../patches/patches.ts';
import { type DatagramSocketClass, MULTICAST, OPTION_SETTERS } from './socket.ts';

type Method = (this: GenuineSocket, ...args: unknown[]) => unknown;
type Twin = EventEmitter & Record<string, (...args: unknown[]) => unknown>;
type GenuineSocket = dgram.Socket & { readonly type: 'udp4' | 'udp6' };

/** What a genuine socket keeps under a symbol of Node's (lib/dgram.js). */
interface State {
  readonly bindState: number;
  readonly reuseAddr?: boolean;
  readonly handle: object | null;
}

const METHODS = [
  ...OPTION_SETTERS,
  ...MULTICAST,
  'address',
  'disconnect',
  'getRecvBufferSize',
  'getSendBufferSize',
  'getSendQueueCount',
  'getSendQueueSize',
  'ref',
  'remoteAddress',
  'send',
  'unref',
] as const;

/** Has genuine sockets that are not bound yet stand on simulated ones. */
export function patchDatagramCopies(
  patches: Patches,
  genuine: typeof dgram.Socket,
  Datagrams: DatagramSocketClass,
): void {
  const prototype = genuine.prototype as unknown as Record<string, Method>;
  const twins = new WeakMap<GenuineSocket, Twin>();
  const twinOf = (socket: GenuineSocket): Twin | null => {
    const known = twins.get(socket);
    if (known !== undefined) return known;
    const state = stateOf(socket);
    // Bound before the installation, or closed: Node's own answer is right.
    if (state === undefined || state.bindState !== 0 || state.handle === null) return null;
    const twin = makeTwin(socket, state, Datagrams);
    twins.set(socket, twin);
    return twin;
  };
  const pass = (name: string, hasListener: string | null): void => {
    const own = prototype[name];
    if (own === undefined) return;
    patches.set(prototype, name, function (this: GenuineSocket, ...args: unknown[]) {
      const twin = twinOf(this);
      if (twin === null) return Reflect.apply(own, this, args);
      // On the genuine one, so that it is called on it.
      if (hasListener !== null && typeof args.at(-1) === 'function')
        this.once(hasListener as 'listening', args.pop() as () => void);
      const given = twin[name](...args);
      return given === twin ? this : given;
    } satisfies Method);
  };
  for (const name of METHODS) pass(name, null);
  pass('bind', 'listening');
  pass('connect', 'connect');
  const { close } = prototype;
  patches.set(prototype, 'close', function (this: GenuineSocket, ...args: unknown[]) {
    const twin = twinOf(this);
    // Closes the native handle, and emits 'close'. Throws if that has happened already.
    const given = Reflect.apply(close, this, args);
    twin?.close();
    return given;
  } satisfies Method);
}

function makeTwin(socket: GenuineSocket, state: State, Datagrams: DatagramSocketClass): Twin {
  const twin = new Datagrams({ type: socket.type, reuseAddr: state.reuseAddr }) as Twin;
  const emit = EventEmitter.prototype.emit as (...args: unknown[]) => boolean;
  twin.emit = (event, ...args) => {
    // It listens to itself, but for errors, which are the program's.
    if (event !== 'error') emit.call(twin, event, ...args);
    return event !== 'close' && socket.emit(event as string, ...args);
  };
  return twin;
}

function stateOf(socket: GenuineSocket): State | undefined {
  const symbol = Object.getOwnPropertySymbols(socket).find(
    ({ description }) => description === 'state symbol',
  );
  return symbol === undefined ? undefined : (socket as unknown as Record<symbol, State>)[symbol];
}
