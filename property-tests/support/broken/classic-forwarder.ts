// The port forwarder recipe that many asyncore programs began with, written anew: docs/asyncore.md, C33. Two channels,
// each with a buffer for the other, predicates that look into them, and a close that closes both.
import {
  type Address,
  ChunkQueue,
  type CloseReason,
  Dispatcher,
  type Endpoint,
  isBytes,
  type Reactor,
} from '../../../src/core/index.ts';
import type { BrokenForward, Service } from './service.ts';

/** What both ends have in common: read into one buffer, write from another. */
abstract class End extends Dispatcher {
  abstract readonly readInto: ChunkQueue;
  abstract readonly writeFrom: ChunkQueue;
  partner: End | null = null;

  override handleRead(): void {
    const data = this.recv(4096);
    if (isBytes(data)) this.readInto.append(data);
  }

  override writable(): boolean {
    return this.writeFrom.byteLength > 0;
  }

  override handleWrite(): void {
    this.writeFrom.drop(this.send(this.writeFrom.peek(4096)));
  }

  override handleConnect(): void {}

  override handleClose(_reason: CloseReason): void {
    this.close();
    this.partner?.close();
  }
}

class Receiver extends End {
  readonly fromRemote = new ChunkQueue();
  readonly toRemote = new ChunkQueue();
  readonly readInto = this.toRemote;
  readonly writeFrom = this.fromRemote;
}

class Sender extends End {
  readonly readInto: ChunkQueue;
  readonly writeFrom: ChunkQueue;

  constructor(receiver: Receiver, remote: Address) {
    super(receiver.reactor);
    this.readInto = receiver.fromRemote;
    this.writeFrom = receiver.toRemote;
    this.partner = receiver;
    receiver.partner = this;
    this.connect(remote);
  }
}

class Forwarder extends Dispatcher implements Service {
  private readonly remote: Address;
  private readonly receivers: Receiver[] = [];

  constructor(reactor: Reactor, { local, remote }: { readonly local: Address; readonly remote: Address }) {
    super(reactor);
    this.remote = remote;
    this.setReuseAddr();
    this.bind(local);
    this.listen(5);
  }

  get server(): Dispatcher {
    return this;
  }

  override handleAccepted(endpoint: Endpoint): void {
    const receiver = new Receiver(this.reactor, endpoint);
    this.receivers.push(receiver);
    new Sender(receiver, this.remote);
  }

  heldBytes(): number {
    let sum = 0;
    for (const { closed, fromRemote, toRemote } of this.receivers) {
      if (!closed) sum += fromRemote.byteLength + toRemote.byteLength;
    }
    return sum;
  }
}

export const classicForwarder: BrokenForward = {
  name: 'forward: the classic recipe',
  kind: 'forward',
  group: 'ending',
  mistake: 'buffers without limit, and closes both sides when either has ended, with bytes unsent',
  make: (reactor, addresses) => new Forwarder(reactor, addresses),
};
