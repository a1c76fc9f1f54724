import {
  type Address,
  isUnixAddress,
  type Listener,
  type ListenOptions,
  Readiness,
  type Transport,
} from '../core/index.ts';
import { HandleSurface } from './handle-surface.ts';
import type { OpenHandle, Origin } from './open-handle.ts';
import { StreamHandle } from './stream-handle.ts';

/** What a server is told. `code` is an errno name. */
export interface ServerOwner {
  onListening(): void;
  /** Binding failed; the handle is over. */
  onListenError(code: string): void;
  onAccept(connection: StreamHandle): void;
  /** One accept failed; the handle goes on. */
  onAcceptError(code: string): void;
}

/** A listener as a server sees it. */
export class ServerHandle extends HandleSurface {
  readonly owner: ServerOwner;
  /** Its entry among the module's open handles. */
  openHandle: (OpenHandle & { readonly opened: Origin | undefined }) | null = null;
  /** Called with each connection, as by Node's own handles: programs put a function of theirs before it. */
  onconnection: (status: number, connection: StreamHandle) => void;
  /** Called once, when it is closed. */
  onClose: (() => void) | null = null;
  private readonly isPath: boolean;
  private readonly listen: Transport['listen'];
  private readonly options: ListenOptions;
  private listener: Listener;
  /** To bind instead, if the machine has no IPv6. */
  private fallback: Address | null;
  private hasToldListening = false;

  constructor(
    listen: Transport['listen'],
    bind: { readonly local: Address; readonly fallback: Address | null; readonly options: ListenOptions },
    owner: ServerOwner,
  ) {
    super('TCPSERVERWRAP');
    this.listen = listen;
    this.owner = owner;
    this.onconnection = (_status, connection) => owner.onAccept(connection);
    this.options = bind.options;
    this.isPath = isUnixAddress(bind.local);
    this.fallback = bind.fallback;
    this.listener = this.open(bind.local);
    this.requestService();
  }

  /** The address bound, as soon as the transport knows it. */
  get localAddress(): Address | null {
    return this.listener.localAddress;
  }

  /** Binding failed at once; null if it did not. The handle is over. */
  takeImmediateError(): string | null {
    return this.takeBindError();
  }

  close(callback?: () => void): void {
    this.listener.watcher = null;
    this.listener.close();
    this.onClose?.();
    this.onClose = null;
    if (callback !== undefined) this.deferToEnd(callback);
  }

  protected override serve(): void {
    const { readiness } = this.listener;
    if (!this.hasToldListening) {
      const code = this.takeBindError();
      if (code !== null) this.owner.onListenError(code);
      else if (this.listener.localAddress !== null) {
        this.hasToldListening = true;
        this.requestServiceLater();
        this.owner.onListening();
      }
    } else if ((readiness & Readiness.FAILED) !== 0)
      this.failAccept(this.listener.takeError()?.code ?? 'ECONNABORTED');
    else if ((readiness & Readiness.READABLE) !== 0) this.accept();
  }

  /** As libuv (uv__server_io): without a descriptor it resets whoever waits, and of a connection that died it says nothing. */
  private failAccept(code: string): void {
    if ((this.listener.readiness & Readiness.READABLE) !== 0) this.requestServiceLater();
    if (code === 'EMFILE' || code === 'ENFILE') this.listener.shed?.();
    else if (code !== 'ECONNABORTED') this.owner.onAcceptError(code);
  }

  private accept(): void {
    const accepted = this.listener.accept();
    this.requestServiceLater();
    if (accepted === null) return;
    const { endpoint } = accepted;
    this.onconnection(0, new StreamHandle({ isPath: this.isPath, endpoint }));
  }

  private open(local: Address): Listener {
    const listener = this.listen(local, this.options);
    listener.watcher = this;
    return listener;
  }

  private takeBindError(): string | null {
    if ((this.listener.readiness & Readiness.FAILED) === 0) return null;
    const code = this.listener.takeError()?.code ?? 'EINVAL';
    const { fallback } = this;
    if (fallback === null || code === 'EADDRINUSE' || code === 'EACCES') return code;
    this.fallback = null;
    this.listener.close();
    this.listener = this.open(fallback);
    return this.takeBindError();
  }
}
