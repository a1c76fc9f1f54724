// Transfers of much more than buffers hold: writers that send until nothing more is taken, readers that come late or read
// little at a time. What arrives, and how it ends, must not depend on how much a network holds.
import { crc32 } from 'node:zlib';
import {
  type Address,
  AsyncChat,
  type CloseReason,
  Dispatcher,
  DispatcherWithSend,
  type Endpoint,
  isBytes,
} from '../../src/core/index.ts';
import type { PeerClass } from './peers.ts';
import { describeReason, LOOPBACK, type Server, type World } from './world.ts';

/** The most that is offered at a time. */
const CHUNK_BYTES_MAX = 200_000;

/** No two stretches that follow each other look the same. */
const PERIOD = 251;
const PATTERN = new Uint8Array(PERIOD + CHUNK_BYTES_MAX).map((_, index) => index % PERIOD);

export interface BulkSide {
  readonly kind: PeerClass;
  readonly sendsBytes: number;
  /** How much it offers at a time: at most 200,000. */
  readonly chunkBytes: number;
  /** How often everything comes to rest before it begins to read. */
  readonly restsBeforeReading: number;
  /** How much it receives at a time. */
  readonly pieceBytes: number;
}

export interface BulkConnection {
  /** 0 listens on 127.0.0.1, 1 on 127.0.0.2. */
  readonly listener: number;
  readonly client: BulkSide;
  readonly server: BulkSide;
}

/** Makes all connections at once. What all saw is in `world.events`. */
export function runBulk(world: World, connections: readonly BulkConnection[]): void {
  const places = [LOOPBACK, { host: '127.0.0.2', port: 0 }];
  places.forEach((place, index) => {
    const own = connections.filter(({ listener }) => listener === index);
    if (own.length > 0) new Meeting(world, own, index).listen(place);
  });
}

/** The connections of one listener, one after another: what is accepted next is known. */
class Meeting {
  private readonly world: World;
  private readonly connections: readonly BulkConnection[];
  private readonly name: string;
  private made = 0;

  constructor(world: World, connections: readonly BulkConnection[], index: number) {
    this.world = world;
    this.connections = connections;
    this.name = `listener ${index}`;
  }

  listen(place: Address): void {
    const { world, name } = this;
    const listener = world.listen(
      place,
      {},
      {
        onListening: () => this.connect(listener),
        onAccepted: (_server, endpoint) => {
          const end = new BulkEnd(world, `${name}: server ${this.made}`, this.connections[this.made].server);
          end.make(endpoint);
          end.begin();
          this.made += 1;
          if (this.made < this.connections.length) this.connect(listener);
          else listener.close();
        },
      },
      { name },
    );
  }

  private connect(listener: Server): void {
    const { world, name, made } = this;
    const end = new BulkEnd(world, `${name}: client ${made}`, this.connections[made].client);
    end.make(null).connect(listener.localAddress!);
  }
}

/** What is the same for an end of each class. */
class BulkEnd {
  readonly side: BulkSide;
  private readonly world: World;
  private readonly name: string;
  private channel!: Dispatcher;
  private sentBytes = 0;
  private receivedBytes = 0;
  private sum = 0;
  private hasEnded = false;

  constructor(world: World, name: string, side: BulkSide) {
    this.world = world;
    this.name = name;
    this.side = side;
  }

  make(endpoint: Endpoint | null): Dispatcher {
    const { reactor } = this.world;
    const { kind } = this.side;
    const Class = kind === 'plain' ? BulkPlain : kind === 'buffered' ? BulkBuffered : BulkChat;
    this.channel = new Class(this, reactor, endpoint);
    this.channel.wantRead(false);
    return this.channel;
  }

  note(event: string): void {
    this.world.note(this.name, event);
  }

  /** It is connected. */
  begin(): void {
    const rest = (count: number): void => {
      if (count === 0) this.channel.wantRead(true);
      else this.world.afterQuiet(() => rest(count - 1));
    };
    rest(this.side.restsBeforeReading);
    (this.channel as BulkPlain | BulkBuffered | BulkChat).beginSending();
  }

  /** What is to be sent next; empty if that was all. */
  next(): Uint8Array {
    const size = Math.min(this.side.chunkBytes, this.side.sendsBytes - this.sentBytes);
    const from = this.sentBytes % PERIOD;
    return PATTERN.slice(from, from + size);
  }

  took(sizeBytes: number): void {
    this.sentBytes += sizeBytes;
  }

  get isAllTaken(): boolean {
    return this.sentBytes === this.side.sendsBytes;
  }

  get isDone(): boolean {
    return this.isAllTaken && this.hasEnded;
  }

  onBytes(bytes: Uint8Array): void {
    this.sum = crc32(bytes, this.sum);
    this.receivedBytes += bytes.length;
  }

  onEnd(): void {
    this.hasEnded = true;
    this.note(`${this.receivedBytes} bytes (${this.sum}), then the end`);
  }

  onClose(reason: CloseReason): void {
    this.note(`close ${describeReason(reason)}`);
  }
}

/** Sends whenever it may, and closes once both directions are done. */
class BulkPlain extends Dispatcher {
  private readonly end: BulkEnd;

  constructor(end: BulkEnd, ...base: ConstructorParameters<typeof Dispatcher>) {
    super(...base);
    this.end = end;
  }

  beginSending(): void {
    this.handleWrite();
  }

  override handleConnect(): void {
    this.end.note('connect');
    this.end.begin();
  }

  override handleWrite(): void {
    const { end } = this;
    for (let taken = 1; taken > 0 && !end.isAllTaken; ) {
      taken = this.send(end.next());
      end.took(taken);
    }
    this.wantWrite(!end.isAllTaken);
    if (!end.isAllTaken) return;
    this.shutdownWrite();
    if (end.isDone) this.close();
  }

  override handleRead(): void {
    const received = this.recv(this.end.side.pieceBytes);
    if (isBytes(received)) this.end.onBytes(received);
  }

  override handleEnd(): void {
    this.end.onEnd();
    if (this.end.isDone) this.close();
  }

  override handleClose(reason: CloseReason): void {
    this.end.onClose(reason);
  }
}

/** Hands over everything at once. */
class BulkBuffered extends DispatcherWithSend {
  private readonly end: BulkEnd;

  constructor(end: BulkEnd, ...base: ConstructorParameters<typeof Dispatcher>) {
    super(...base);
    this.end = end;
  }

  beginSending(): void {
    while (!this.end.isAllTaken) this.end.took(this.send(this.end.next()));
    this.shutdownWrite();
  }

  override handleConnect(): void {
    this.end.note('connect');
    this.end.begin();
  }

  override handleRead(): void {
    const received = this.recv(this.end.side.pieceBytes);
    if (isBytes(received)) this.end.onBytes(received);
  }

  override handleEnd(): void {
    this.end.onEnd();
    super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.end.onClose(reason);
  }
}

/** Lets a producer make what is sent when it can be sent. */
class BulkChat extends AsyncChat {
  private readonly end: BulkEnd;

  constructor(end: BulkEnd, ...base: ConstructorParameters<typeof Dispatcher>) {
    super(...base);
    this.end = end;
    this.acInBufferSize = end.side.pieceBytes;
  }

  beginSending(): void {
    const { end } = this;
    this.pushWithProducer({
      more: () => {
        const chunk = end.next();
        end.took(chunk.length);
        return chunk;
      },
    });
    this.shutdownWrite();
  }

  override handleConnect(): void {
    this.end.note('connect');
    this.end.begin();
  }

  override collectIncomingData(data: Uint8Array): void {
    this.end.onBytes(data);
  }

  override handleEnd(): void {
    this.end.onEnd();
    super.handleEnd();
  }

  override handleClose(reason: CloseReason): void {
    this.end.onClose(reason);
  }
}
