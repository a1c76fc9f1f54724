import type { Server, Socket } from 'node:net';
import { type Address, isUnixAddress } from '../core/address.ts';
import type { TransportError } from '../core/errors.ts';
import { type Accepted, type Listener, Readiness, type Watcher } from '../core/transport.ts';
import type { RealDriver } from './driver.ts';
import { type AcceptedHandle, interceptAccepted, isHandle } from './private-handle.ts';
import type { RealContext } from './real-context.ts';
import { ignore } from './real-socket.ts';
import { toTransportError } from './transport-error.ts';

const { READABLE, FAILED, OPEN } = Readiness;

export type Admit = (accepted: Socket | AcceptedHandle, local: Address) => Accepted;

/** A listening address over a net.Server. */
export class RealListener implements Listener {
  watcher: Watcher | null = null;
  localAddress: Address | null = null;
  private readonly driver: RealDriver;
  private readonly server: Server;
  private readonly target: Address;
  private readonly admit: Admit;
  private bits = 0;
  private waiting: (Socket | AcceptedHandle)[] = [];
  private error: TransportError | null = null;
  private isClosed = false;

  constructor(context: RealContext, server: Server, target: Address, admit: Admit) {
    this.driver = context.driver;
    this.server = server;
    this.target = target;
    this.admit = admit;
    server.on('error', (error) => this.event(() => this.fail(error)));
    server.once('listening', () => {
      if (context.usesHandles) interceptAccepted(server, (handle) => this.receive(handle));
      this.event(() => {
        this.noteAddress();
        this.gain(OPEN);
      });
    });
    server.on('connection', (socket: Socket) => {
      socket.on('error', ignore);
      this.receive(socket);
    });
  }

  get readiness(): number {
    return this.bits;
  }

  accept(): Accepted | null {
    for (;;) {
      const accepted = this.waiting.shift();
      if (this.waiting.length === 0) this.bits &= ~READABLE;
      if (accepted === undefined) return null;
      if (isHandle(accepted) || !accepted.destroyed)
        return this.admit(accepted, this.localAddress ?? this.target);
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
    for (const accepted of this.waiting.splice(0)) discard(accepted);
  }

  /** @internal Node binds an address at once, a name later. */
  noteAddress(): void {
    const bound = this.server.address();
    if (bound === null) return;
    if (isUnixAddress(this.target) || typeof bound === 'string') this.localAddress = this.target;
    else this.localAddress = { host: bound.address, port: bound.port };
  }

  private receive(accepted: Socket | AcceptedHandle): void {
    if (this.isClosed) {
      discard(accepted);
      return;
    }
    this.waiting.push(accepted);
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

/** As the kernel does with connections that nobody accepted: a reset where there is one. */
function discard(accepted: Socket | AcceptedHandle): void {
  if (!isHandle(accepted)) {
    if (accepted.remoteFamily === undefined) accepted.destroy();
    else accepted.resetAndDestroy();
  } else if (accepted.reset === undefined) accepted.close();
  else accepted.reset();
}
