import { type Clock, formatAddress } from '../core/index.ts';
import type { OpenHandle, Origin } from './open-handle.ts';
import type { FacadeSocket } from './socket.ts';
import { STATE } from './socket-state.ts';

/** A socket's entry among its module's open handles. */
export class OpenSocket implements OpenHandle {
  readonly kind = 'socket';
  private readonly socket: FacadeSocket;
  private readonly opened: Origin | undefined;
  private readonly isAccepted: boolean;

  constructor(socket: FacadeSocket, opened: Origin | undefined, isAccepted: boolean) {
    this.socket = socket;
    this.opened = opened;
    this.isAccepted = isAccepted;
  }

  get origin(): string | undefined {
    return this.opened?.stack;
  }

  get clock(): Clock {
    return this.socket[STATE].host.clock;
  }

  get keepsAlive(): boolean {
    const { handle, isRef, dial } = this.socket[STATE];
    return isRef && (dial?.isResolving === true || (handle?.isActive === true && handle.isRef));
  }

  describe(): string {
    const { handle } = this.socket[STATE];
    const local = handle?.localAddress ?? null;
    const remote = handle?.remoteAddress ?? null;
    if (remote === null) return this.socket.connecting ? 'socket, connecting' : 'socket';
    const ends = `${local === null ? '' : formatAddress(local)} → ${formatAddress(remote)}`;
    return `socket ${ends}${this.isAccepted ? ', accepted by a server' : ''}`;
  }

  dispose(): void {
    this.socket[STATE].isResetting = true;
    this.socket.destroy();
  }
}
