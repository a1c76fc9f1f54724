import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Address, InternetAddress } from '../../src/core/index.ts';
import { createRealReactor } from '../../src/real/index.ts';
import type { ConnectionReport, Refusal, ServiceOptions, ServiceServer } from '../../src/services/index.ts';

export const LOOPBACK: InternetAddress = { host: '127.0.0.1', port: 0 };

/** What a service told its hooks, and the promise of the next report. */
export class Records {
  readonly reports: ConnectionReport[] = [];
  readonly refusals: Refusal[] = [];
  private readonly waiting: (() => void)[] = [];

  readonly options: ServiceOptions = {
    onConnectionEnd: (report) => {
      this.reports.push(report);
      for (const wake of this.waiting.splice(0)) wake();
    },
    onRefused: (refusal) => {
      this.refusals.push(refusal);
      for (const wake of this.waiting.splice(0)) wake();
    },
  };

  async ended(count: number): Promise<readonly ConnectionReport[]> {
    while (this.reports.length < count) await new Promise<void>((wake) => this.waiting.push(wake));
    return this.reports;
  }

  async refused(count: number): Promise<readonly Refusal[]> {
    while (this.refusals.length < count) await new Promise<void>((wake) => this.waiting.push(wake));
    return this.refusals;
  }
}

/** Runs a reactor over real sockets for the length of `body`, and closes everything afterwards. */
export async function withReactor(
  body: (reactor: ReturnType<typeof createRealReactor>) => Promise<void>,
): Promise<void> {
  const uncaught: unknown[] = [];
  const reactor = createRealReactor({ onUncaught: (error) => uncaught.push(error) });
  const stop = new AbortController();
  // Something must be registered before loop() is called; a service is, as soon as it is made.
  const loop = (): Promise<void> => reactor.loop({ signal: stop.signal }).catch(() => {});
  const start = setImmediate(loop);
  try {
    await body(reactor);
  } finally {
    clearImmediate(start);
    stop.abort();
    reactor.closeAll({ ignoreAll: true });
  }
  if (uncaught.length > 0) throw uncaught[0];
}

export async function listening(make: (options: ServiceOptions) => ServiceServer): Promise<Address> {
  return await new Promise((resolve, reject) => {
    make({ onListening: (server) => resolve(server.localAddress!), onListenError: reject });
  });
}

/** A client socket that may be half closed, with everything it received. */
export class Client {
  readonly socket: Socket;
  readonly chunks: Buffer[] = [];
  error: NodeJS.ErrnoException | null = null;
  private readonly isOver: Promise<void>;

  constructor(address: Address, options: { readonly isReading?: boolean } = {}) {
    this.socket = connect({ ...(address as InternetAddress), allowHalfOpen: true });
    this.socket.on('error', (error) => {
      this.error = error;
    });
    this.isOver = new Promise((resolve) => {
      this.socket.once('end', resolve);
      this.socket.once('close', () => resolve());
    });
    if (options.isReading !== false) this.read();
  }

  read(): void {
    this.socket.on('data', (chunk) => this.chunks.push(chunk));
  }

  async opened(): Promise<this> {
    if (this.socket.connecting) await once(this.socket, 'connect');
    return this;
  }

  /** Settles at the peer's end of stream, or when the connection broke. */
  async finished(): Promise<Buffer> {
    await this.isOver;
    return Buffer.concat(this.chunks);
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await new Promise<void>((wake) => this.socket.once('close', () => wake()));
  }
}
