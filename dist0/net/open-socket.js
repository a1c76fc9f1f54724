import { formatAddress } from '../core/index.js';
import { STATE } from './socket-state.js';
/** A socket's entry among its module's open handles. */
export class OpenSocket {
  constructor(socket, opened, isAccepted) {
    this.kind = 'socket';
    this.socket = socket;
    this.opened = opened;
    this.isAccepted = isAccepted;
  }
  get origin() {
    return this.opened?.stack;
  }
  get clock() {
    return this.socket[STATE].host.clock;
  }
  get keepsAlive() {
    const { handle, isRef, dial } = this.socket[STATE];
    return isRef && (dial?.isResolving === true || (handle?.isActive === true && handle.isRef));
  }
  describe() {
    const { handle } = this.socket[STATE];
    const local = handle?.localAddress ?? null;
    const remote = handle?.remoteAddress ?? null;
    if (remote === null) return this.socket.connecting ? 'socket, connecting' : 'socket';
    const ends = `${local === null ? '' : formatAddress(local)} → ${formatAddress(remote)}`;
    return `socket ${ends}${this.isAccepted ? ', accepted by a server' : ''}`;
  }
  dispose() {
    this.socket[STATE].isResetting = true;
    this.socket.destroy();
  }
}
