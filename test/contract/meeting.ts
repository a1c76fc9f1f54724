// Programs of socket operations on two listeners and up to three connections at once, one turn after another, each once
// everything is quiet.
import { type Address, isUnixAddress } from '../../src/core/index.ts';
import { type Actor, makePeer, type PeerClass } from './peers.ts';
import { type Operation, perform } from './program.ts';
import { LOOPBACK, type Server, type World } from './world.ts';

export type Act =
  | { readonly kind: 'listen'; readonly listener: number }
  | { readonly kind: 'unlisten'; readonly listener: number }
  /** In place of the one before, which is closed at the end. */
  | {
      readonly kind: 'connect';
      readonly connection: number;
      readonly listener: number;
      readonly client: PeerClass;
      readonly server: PeerClass;
    }
  /** What one end does in one turn. */
  | {
      readonly kind: 'operate';
      readonly connection: number;
      readonly end: End;
      readonly operations: readonly Operation[];
    };

type End = 'client' | 'server';

/** How many connections there are at once. */
export const CONNECTIONS = 3;

/** How many listeners, each at an address of its own. */
export const LISTENERS = 2;

export function describeAct(act: Act): string {
  if (act.kind === 'connect')
    return `connect ${act.connection} to ${act.listener} (${act.client}, ${act.server})`;
  if (act.kind !== 'operate') return `${act.kind} ${act.listener}`;
  return `${act.end} ${act.connection} ${act.operations.map(describeOperation).join(' + ')}`;
}

function describeOperation(operation: Operation): string {
  return 'sizeBytes' in operation ? `${operation.kind} ${operation.sizeBytes}` : operation.kind;
}

/** Runs `acts`, then closes what is still open. What all saw is in `world.events`. */
export function runMeeting(world: World, acts: readonly Act[], place: Address = LOOPBACK): void {
  new Meeting(world, acts, place).start();
}

/** Where a listener is to be, and where it is, or was last. */
class Place {
  readonly wanted: Address;
  known: Address | null;
  listener: Server | null = null;

  constructor(wanted: Address) {
    this.wanted = wanted;
    this.known = isUnixAddress(wanted) ? wanted : null;
  }
}

/** On Linux every address of 127.0.0.0/8 is one's own. */
function placesFrom(first: Address): Place[] {
  const second = isUnixAddress(first)
    ? { path: `${first.path}2` }
    : { host: first.host === '127.0.0.1' ? '127.0.0.2' : first.host, port: 0 };
  return [new Place(first), new Place(second)];
}

class Meeting {
  private readonly world: World;
  private readonly acts: readonly Act[];
  private readonly places: readonly Place[];
  private next = 0;
  /** The latest of each end of each connection. */
  private readonly ends = new Map<string, Actor>();
  private readonly all: Actor[] = [];
  /** What the next server is, and of which connection. */
  private coming: { readonly connection: number; readonly server: PeerClass } = {
    connection: 0,
    server: 'plain',
  };
  private made = 0;

  constructor(world: World, acts: readonly Act[], place: Address) {
    this.world = world;
    this.acts = acts;
    this.places = placesFrom(place);
  }

  /** A channel that stays open, so that a real loop goes on until the end. */
  start(): void {
    const anchor = this.world.listen(
      LOOPBACK,
      {},
      { onListening: () => this.advance(anchor) },
      { name: 'anchor' },
    );
  }

  private advance(anchor: Server): void {
    this.world.afterQuiet(() => {
      const act = this.acts[this.next];
      this.next += 1;
      if (act !== undefined) {
        this.perform(act);
        this.advance(anchor);
        return;
      }
      anchor.close();
      for (const { listener } of this.places) listener?.close();
      for (const peer of this.all) peer.close();
    });
  }

  private perform(act: Act): void {
    if (act.kind === 'listen') this.listen(this.places[act.listener], act.listener);
    else if (act.kind === 'unlisten') {
      this.places[act.listener].listener?.close();
      this.places[act.listener].listener = null;
    } else if (act.kind === 'connect') this.connect(act);
    else {
      const peer = this.ends.get(`${act.end} ${act.connection}`);
      for (const operation of act.operations) if (peer?.connected === true) perform(peer, operation);
    }
  }

  private listen(place: Place, index: number): void {
    if (place.listener !== null) return;
    const listener = this.world.listen(
      place.known ?? place.wanted,
      {},
      {
        onListening: () => {
          place.known = listener.localAddress;
        },
        onAccepted: (_server, endpoint) => {
          const { connection, server } = this.coming;
          this.add('server', connection, (name) => makePeer(this.world, { kind: server, name, endpoint }));
        },
        onClose: () => {
          place.listener = null;
        },
      },
      { name: `listener ${index}` },
    );
    place.listener = listener;
  }

  private connect(act: Extract<Act, { kind: 'connect' }>): void {
    const { known } = this.places[act.listener];
    if (known === null) return;
    this.coming = act;
    this.made += 1;
    this.add('client', act.connection, (name) => makePeer(this.world, { kind: act.client, name, to: known }));
  }

  private add(end: End, connection: number, make: (name: string) => Actor): void {
    const peer = make(`${end} ${connection} of connect ${this.made}`);
    if (end === 'server') peer.note(`accepted at ${hostOf(peer.localAddress)} from ${hostOf(peer.address)}`);
    this.ends.set(`${end} ${connection}`, peer);
    this.all.push(peer);
  }
}

function hostOf(address: Address | null): string {
  return address === null || isUnixAddress(address) ? 'nowhere' : address.host;
}
