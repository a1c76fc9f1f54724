// A relay that is right, in as few lines as that takes. Each broken service differs from it by one mistake; the
// control group of the tests is this.
import {
  type Address,
  ChunkQueue,
  type CloseReason,
  Dispatcher,
  type Endpoint,
  isBytes,
  type Reactor,
  Readiness,
} from '../../../src/core/index.ts';
import type { MakeEcho, MakeForward, Service } from './service.ts';

const RECEIVE_SIZE_BYTES = 4096;

/** With so many bytes unsent, no more are received for them. */
export const HIGH_WATER_BYTES = 8;

/** One end of a relay. What it receives goes to the other; an echo is its own other. */
export class Half extends Dispatcher {
  other: Half = this;
  queue = new ChunkQueue();
  owesEnd = false;

  get inputIsOver(): boolean {
    return this.ended;
  }

  get hasInput(): boolean {
    return ((this.endpoint?.readiness ?? 0) & Readiness.READABLE) !== 0;
  }

  override handleConnect(): void {
    this.other.wantRead(true);
  }

  override handleRead(): void {
    const received = this.recv(RECEIVE_SIZE_BYTES);
    if (isBytes(received)) this.other.take(received);
  }

  /** Sends what can go, keeps the rest, and stops reading at the other when that is much, until it has gone. */
  take(data: Uint8Array): void {
    const accepted = this.queue.byteLength === 0 ? this.send(data) : 0;
    if (accepted < data.length) this.keep(data.subarray(accepted));
  }

  keep(rest: Uint8Array): void {
    this.queue.append(rest);
    if (this.queue.byteLength >= HIGH_WATER_BYTES) this.other.wantRead(false);
    this.wantWrite(true);
  }

  override handleWrite(): void {
    this.flush();
    if (this.queue.byteLength > 0) this.wantWrite(true);
    else this.drained();
  }

  flush(): void {
    const chunk = this.queue.peek(RECEIVE_SIZE_BYTES);
    if (chunk.length > 0) this.queue.drop(this.send(chunk));
  }

  /** Everything taken has been sent. */
  drained(): void {
    if (this.owesEnd) this.passEnd();
    else if (this.connected) this.other.wantRead(true);
  }

  override handleEnd(): void {
    const { other } = this;
    other.owesEnd = true;
    if (other.queue.byteLength === 0) other.passEnd();
  }

  /** The other has ended, and all it sent has gone out. */
  passEnd(): void {
    this.owesEnd = false;
    this.shutdownWrite();
    if (this.other.hasShutdown) this.closeBoth();
  }

  closeBoth(): void {
    this.close();
    this.other.close();
  }

  override handleClose(_reason: CloseReason): void {
    this.other.abort();
  }
}

export type HalfKind = new (reactor: Reactor, endpoint?: Endpoint | null) => Half;

/** A listener that hands each connection to `begin`, and accounts for the halves. */
export class Server extends Dispatcher implements Service {
  readonly halves: Half[] = [];
  private readonly begin: (server: Server, endpoint: Endpoint) => void;

  constructor(reactor: Reactor, local: Address, begin: (server: Server, endpoint: Endpoint) => void) {
    super(reactor);
    this.begin = begin;
    this.bind(local);
    this.listen();
  }

  get server(): Dispatcher {
    return this;
  }

  override handleAccepted(endpoint: Endpoint): void {
    this.begin(this, endpoint);
  }

  heldBytes(): number {
    let sum = 0;
    for (const { closed, queue } of this.halves) if (!closed) sum += queue.byteLength;
    return sum;
  }
}

/** An echo server whose connections are of this kind. */
export function echoOf(Kind: HalfKind): MakeEcho {
  return (reactor, local) =>
    new Server(reactor, local, (server, endpoint) => {
      server.halves.push(new Kind(reactor, endpoint));
    });
}

/** A forwarder whose ends are of these kinds. */
export function forwardOf(Client: HalfKind, Remote: HalfKind = Client): MakeForward {
  return (reactor, { local, remote }) =>
    new Server(reactor, local, (server, endpoint) => {
      const client = new Client(reactor, endpoint);
      const far = new Remote(reactor);
      server.halves.push(client, far);
      pair(client, far);
      client.wantRead(false);
      far.connect(remote);
    });
}

export function pair(client: Half, remote: Half): void {
  client.other = remote;
  remote.other = client;
}
