import { type Address, type ListenOptions, type Transport } from '../core/index.ts';
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
export declare class ServerHandle extends HandleSurface {
  readonly owner: ServerOwner;
  /** Its entry among the module's open handles. */
  openHandle:
    | (OpenHandle & {
        readonly opened: Origin | undefined;
      })
    | null;
  /** Called with each connection, as by Node's own handles: programs put a function of theirs before it. */
  onconnection: (status: number, connection: StreamHandle) => void;
  /** Called once, when it is closed. */
  onClose: (() => void) | null;
  private readonly isPath;
  private readonly transport;
  private readonly options;
  private listener;
  /** To bind instead, if the machine has no IPv6. */
  private fallback;
  private hasToldListening;
  constructor(
    transport: Transport,
    bind: {
      readonly local: Address;
      readonly fallback: Address | null;
      readonly options: ListenOptions;
    },
    owner: ServerOwner,
  );
  /** The address bound, as soon as the transport knows it. */
  get localAddress(): Address | null;
  /** Binding failed at once; null if it did not. The handle is over. */
  takeImmediateError(): string | null;
  close(callback?: () => void): void;
  protected serve(): void;
  /** As libuv (uv__server_io): without a descriptor it resets whoever waits, and of a connection that died it says nothing. */
  private failAccept;
  private accept;
  private open;
  private takeBindError;
}
