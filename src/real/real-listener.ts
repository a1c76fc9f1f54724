import type { Server, Socket } from 'node:net';
import { type Address, isUnixAddress } from '../core/address.ts';
import type { TransportError } from '../core/errors.ts';
import { type Accepted, type Listener, Readiness, type Watcher } from '../core/transport.ts';
import type { RealDriver } from './driver.ts';
import { ignore } from './real-socket.ts';
import { toTransportError } from './transport-error.ts';

const { READABLE, FAILED, OPEN } = Readiness;

export type Admit = (socket: Socket, local: Address) => Accepted;

/** A listening address over a net.Server. */
export class RealListener implements Listener {
  watcher: Watcher | null = null;
  localAddress: Address | null = null;
  private readonly driver: RealDriver;
  private readonly server: Server;
  private readonly target: Address;
  private readonly admit: Admit;
  private bits = 0;
  private waiting: Socket[] = [];
  private error: TransportError | null = null;
  private isClosed = false;

  constructor(driver: RealDriver, server: Server, target: Address, admit: Admit) {
    this.driver = driver;
    this.server = server;
    this.target = target;
    this.admit = admit;
    server.on('error', (error) => this.event(() => this.fail(error)));
    server.once('listening', () =>
      this.event(() => {
        this.noteAddress();
        this.gain(OPEN);
      }),
    );
    server.on('connection', (socket: Socket) => this.receive(socket));
  }

  get readiness(): number {
    return this.bits;
  }

  accept(): Accepted | null {
    for (;;) {
      const socket = this.waiting.shift();
      if (this.waiting.length === 0) this.bits &= ~READABLE;
      if (socket === undefined) return null;
      socket.off('error', ignore);
      if (!socket.destroyed) return this.admit(socket, this.localAddress ?? this.target);
    }
  }

  takeError(): TransportError | null {
    const { error } = this;
    this.error = null;
    this.bits &= ~FAILED;
    return error;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.bits = 0;
    this.watcher = null;
    this.server.close();
    for (const socket of this.waiting.splice(0)) socket.destroy();
  }

  /** @internal Node binds an address at once, a name later. */
  noteAddress(): void {
    const bound = this.server.address();
    if (bound === null) return;
    if (isUnixAddress(this.target) || typeof bound === 'string') this.localAddress = this.target;
    else this.localAddress = { host: bound.address, port: bound.port };
  }

  private receive(socket: Socket): void {
    if (this.isClosed) {
      socket.destroy();
      return;
    }
    socket.on('error', ignore);
    this.waiting.push(socket);
    this.event(() => this.gain(READABLE));
  }

  private fail(error: Error): void {
    this.error = toTransportError(error, 'listen', this.target);
    this.gain(FAILED);
  }

  private event(mark: () => void): void {
    if (this.isClosed) return;
    this.driver.enter();
    mark();
    this.driver.leave();
  }

  private gain(bit: number): void {
    if ((this.bits & bit) !== 0) return;
    this.bits |= bit;
    this.watcher?.onReadiness();
  }
}
