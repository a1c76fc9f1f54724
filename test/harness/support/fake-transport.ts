import {
  type Endpoint,
  type Listener,
  Readiness,
  type Received,
  type Transport,
  TransportError,
  type Watcher,
  WOULD_BLOCK,
} from '../../../src/core/index.ts';

/** An open endpoint that a test plays the network for. */
export class FakeEndpoint implements Endpoint {
  readiness: number = Readiness.OPEN | Readiness.WRITABLE;
  watcher: Watcher | null = null;
  readonly localAddress = { host: '192.0.2.9', port: 40_000 };
  readonly remoteAddress = { host: '192.0.2.1', port: 7 };
  sent = '';
  isAborted = false;
  isClosed = false;
  private waiting = Buffer.alloc(0);

  arrives(text: string): void {
    this.waiting = Buffer.concat([this.waiting, Buffer.from(text)]);
    this.readiness |= Readiness.READABLE;
    this.watcher?.onReadiness();
  }

  fails(): void {
    this.readiness = Readiness.OPEN | Readiness.FAILED;
    this.watcher?.onReadiness();
  }

  recv(sizeBytes: number): Received {
    if (this.waiting.length === 0) return WOULD_BLOCK;
    const part = this.waiting.subarray(0, sizeBytes);
    this.waiting = this.waiting.subarray(part.length);
    if (this.waiting.length === 0) this.readiness &= ~Readiness.READABLE;
    return part;
  }

  send(data: Uint8Array): number {
    this.sent += Buffer.from(data).toString();
    return data.length;
  }

  shutdownWrite(): void {}

  takeError(): TransportError {
    return new TransportError('ECONNRESET');
  }

  abort(): void {
    this.isAborted = true;
  }

  close(): void {
    this.isClosed = true;
  }
}

export class FakeTransport implements Transport {
  readonly made: FakeEndpoint[] = [];

  connect(): Endpoint {
    const endpoint = new FakeEndpoint();
    this.made.push(endpoint);
    return endpoint;
  }

  listen(): Listener {
    throw new Error('nobody listens here');
  }

  openFile(): Endpoint {
    throw new Error('there are no files here');
  }
}
