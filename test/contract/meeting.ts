// Programs of socket operations on a listener and up to three connections at once, one operation after another, each
// once everything is quiet.
import { type Address, isUnixAddress } from '../../src/core/index.ts';
import { type Operation, perform } from './program.ts';
import { LOOPBACK, Peer, type Script, type Server, type World } from './world.ts';

export type Act =
  | { readonly kind: 'listen' }
  | { readonly kind: 'unlisten' }
  /** In place of the one before, which is closed at the end. */
  | { readonly kind: 'connect'; readonly connection: number }
  | {
      readonly kind: 'operate';
      readonly connection: number;
      readonly end: End;
      readonly operation: Operation;
    };

type End = 'client' | 'server';

/** How many connections there are at once. */
export const CONNECTIONS = 3;

export function describeAct(act: Act): string {
  if (act.kind === 'connect') return `connect ${act.connection}`;
  if (act.kind !== 'operate') return act.kind;
  const { operation } = act;
  const size = 'sizeBytes' in operation ? ` ${operation.sizeBytes}` : '';
  return `${act.end} ${act.connection} ${operation.kind}${size}`;
}

/** Runs `acts`, then closes what is still open. What all saw is in `world.events`. */
export function runMeeting(world: World, acts: readonly Act[], place: Address = LOOPBACK): void {
  new Meeting(world, acts, place).start();
}

class Meeting {
  private readonly world: World;
  private readonly acts: readonly Act[];
  private readonly place: Address;
  private next = 0;
  private listener: Server | null = null;
  /** Where the listener is, or was last. */
  private address: Address | null = null;
  /** The latest of each end of each connection. */
  private readonly ends = new Map<string, Peer>();
  private readonly all: Peer[] = [];
  /** The connection whose server comes next. */
  private coming = 0;
  private made = 0;

  constructor(world: World, acts: readonly Act[], place: Address) {
    this.world = world;
    this.acts = acts;
    this.place = place;
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
      this.listener?.close();
      for (const peer of this.all) peer.close();
    });
  }

  private perform(act: Act): void {
    if (act.kind === 'listen') this.listen();
    else if (act.kind === 'unlisten') {
      this.listener?.close();
      this.listener = null;
    } else if (act.kind === 'connect') this.connect(act.connection);
    else {
      const peer = this.ends.get(`${act.end} ${act.connection}`);
      if (peer?.connected === true) perform(peer, act.operation);
    }
  }

  private listen(): void {
    if (this.listener !== null) return;
    const listener = this.world.listen(
      this.address ?? this.place,
      {},
      {
        onListening: () => {
          this.address = listener.localAddress;
        },
        onAccepted: (_server, endpoint) =>
          this.add('server', this.coming, (name, script) => new Peer(this.world, name, script, endpoint)),
        onClose: () => {
          this.listener = null;
        },
      },
    );
    this.listener = listener;
  }

  private connect(connection: number): void {
    const address = this.address ?? (isUnixAddress(this.place) ? this.place : null);
    if (address === null) return;
    this.coming = connection;
    this.made += 1;
    this.add('client', connection, (name, script) => this.world.connect(address, name, script));
  }

  private add(end: End, connection: number, make: (name: string, script: Script) => Peer): void {
    const script: Script = { onConnect: (peer) => peer.wantRead(false), onEnd: () => {} };
    const peer = make(`${end} ${connection} of connect ${this.made}`, script);
    peer.wantRead(false);
    peer.wantWrite(false);
    this.ends.set(`${end} ${connection}`, peer);
    this.all.push(peer);
  }
}
