// Ends of connections of each class of the core, that do what a program tells them and note what happens to them.
import {
  type Address,
  AsyncChat,
  type CloseReason,
  type Dispatcher,
  DispatcherWithSend,
  type Endpoint,
  isBytes,
} from '../../src/core/index.ts';
import { describeReason, Peer, type World } from './world.ts';

/** `plain` stays open at the end of stream; the others send what they have, and close. */
export type PeerClass = 'plain' | 'buffered' | 'chat';

export const PEER_CLASSES: readonly PeerClass[] = ['plain', 'buffered', 'chat'];

export interface Actor extends Dispatcher {
  note(event: string): void;
  /** Receives so many bytes, in however many pieces, and then no more. */
  take(sizeBytes: number): void;
}

/** How many bytes a chat takes for a message. */
const MESSAGE_BYTES = 1000;

class BufferedPeer extends DispatcherWithSend implements Actor {
  private readonly world: World;
  private readonly name: string;
  private takingBytes = 0;

  constructor(world: World, name: string, endpoint: Endpoint | null) {
    super(world.reactor, endpoint);
    this.world = world;
    this.name = name;
    this.highWaterBytes = 4096;
    this.lowWaterBytes = 1024;
  }

  note(event: string): void {
    this.world.note(this.name, event);
  }

  take(sizeBytes: number): void {
    this.takingBytes = sizeBytes;
    this.wantRead(true);
  }

  override handleConnect(): void {
    this.note('connect');
  }

  override handleRead(): void {
    const received = this.recv(this.takingBytes > 0 ? this.takingBytes : 65536);
    if (!isBytes(received)) return;
    this.world.noteData(this.name, new TextDecoder().decode(received));
    if (this.takingBytes === 0) return;
    this.takingBytes -= received.length;
    if (this.takingBytes === 0) this.wantRead(false);
  }

  override handleEnd(): void {
    this.note('end');
    super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.note(`close ${describeReason(reason)}`);
  }
}

class ChatPeer extends AsyncChat implements Actor {
  private readonly world: World;
  private readonly name: string;

  constructor(world: World, name: string, endpoint: Endpoint | null) {
    super(world.reactor, endpoint);
    this.world = world;
    this.name = name;
    this.setTerminator(MESSAGE_BYTES);
  }

  note(event: string): void {
    this.world.note(this.name, event);
  }

  /** A chat takes what comes. */
  take(): void {
    this.wantRead(true);
  }

  override collectIncomingData(data: Uint8Array): void {
    this.world.noteData(this.name, new TextDecoder().decode(data));
  }

  override foundTerminator(): void {
    this.note('message');
    this.setTerminator(MESSAGE_BYTES);
  }

  override handleConnect(): void {
    this.note('connect');
  }

  override handleEnd(): void {
    this.note('end');
    super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.note(`close ${describeReason(reason)}`);
  }
}

/** An end that does not read until it is told to. */
export function makePeer(
  world: World,
  how: {
    readonly kind: PeerClass;
    readonly name: string;
    readonly endpoint?: Endpoint;
    readonly to?: Address;
  },
): Actor {
  const { name, endpoint = null } = how;
  const peer =
    how.kind === 'plain'
      ? new Peer(world, name, { onEnd: () => {} }, endpoint)
      : how.kind === 'buffered'
        ? new BufferedPeer(world, name, endpoint)
        : new ChatPeer(world, name, endpoint);
  if (how.to !== undefined) peer.connect(how.to);
  peer.wantRead(false);
  return peer;
}
